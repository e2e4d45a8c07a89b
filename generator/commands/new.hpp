/// `bpfbuild new`: a project that builds, runs and tests at once.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scaffold/templates.hpp"

namespace bpfbuild::commands {

struct NewOptions {
  std::string kind;                   // empty: list the kinds
  std::filesystem::path directory;    // to make
  std::string name;                   // of the project; empty: that of the directory
  std::vector<std::string> settings;  // KEY=VALUE
  scaffold::Language language = scaffold::Language::cpp;
};

/// Makes the project, and prints what to do next. On a terminal it asks for the parameters that are not set.
/// Throws Error; then nothing has been made.
void new_project(const NewOptions& options);

}  // namespace bpfbuild::commands
