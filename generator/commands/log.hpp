/// `bpfbuild log`: what running programs log.
#pragma once

#include <filesystem>
#include <string>

#include "commands/format.hpp"

namespace bpfbuild::commands {

struct LogOptions {
  std::filesystem::path object;  // whose programs; empty: all that log
  std::string map;               // id or pinned path of one ring buffer; empty: all
  Format format = Format::text;
};

/// Prints records until SIGINT or SIGTERM. Throws Error when nothing is there to be followed.
void log(const LogOptions& options);

}  // namespace bpfbuild::commands
