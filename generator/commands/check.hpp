/// `bpfbuild check`: whether kernels still have what a header holds.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "commands/format.hpp"
#include "commands/header.hpp"

namespace bpfbuild::commands {

struct CheckOptions {
  std::filesystem::path header;
  std::vector<std::string>
      btf;  // [ARCH=]FILE for each kernel, or a directory of them; empty: the running one
  std::vector<std::string> base_btf;  // [ARCH=]FILE: of those that are modules
  HeaderOptions wanted;               // what the header should have been made for; nothing: whatever it was
  std::string clang = "clang";
  Format format = Format::text;
};

/// Prints for each kernel what it has otherwise than the header. Of enumerators only those count that the
/// header's request names, or whose enum it names. False when CO-RE does not bridge all of it. Throws Error,
/// also for a header that was made for something else than what is wanted.
bool check(const CheckOptions& options);

}  // namespace bpfbuild::commands
