/// Where things are looked for.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bpfbuild::doctor {

struct Places {
  std::vector<std::filesystem::path> path;  // directories of programs
  std::vector<std::filesystem::path>
      prefixes;                      // that have include/ and lib/ in them, apart from the system's
  std::string clang;                 // the one that the user names; empty: any
  std::filesystem::path root = "/";  // that the system's directories are in
  std::string machine;               // as `uname -m` says

  /// As CMake looks for them: in what PATH, CMAKE_PREFIX_PATH and BPFCC name.
  static Places of_this_process();

  /// A directory or file of the system.
  [[nodiscard]] std::filesystem::path at(std::string_view absolute) const {
    return root / absolute.substr(1);
  }
};

}  // namespace bpfbuild::doctor
