/// The tool as its users meet it.
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <string>

#include "catch.hpp"
#include "support/text.hpp"
#include "temporary_directory.hpp"

namespace bpfbuild::test {

struct Outcome {
  int exit_code;
  std::string output;  // of both kinds
};

/// Runs `bpfbuild ARGUMENTS` in a directory.
inline Outcome run(const TemporaryDirectory& directory, const std::string& arguments) {
  const std::string command = "cd " + shell_quote(directory.path().native()) + " && " +
                              shell_quote(BPFBUILD_EXECUTABLE) + " " + arguments + " 2>&1";
  FILE* const pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
  return {WEXITSTATUS(::pclose(pipe)), output};
}

}  // namespace bpfbuild::test
