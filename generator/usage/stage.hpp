/// The compiler, and the header that it is to find instead of the one in the source tree.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "support/temporary_directory.hpp"
#include "usage/source.hpp"

namespace bpfbuild::usage {

/// A text in the place of a header, for all sources that include it by its name, whether or not there is such
/// a file already, and as vmlinux.h where there is none. Nothing in the source tree is touched.
class Stage {
 public:
  /// `clang` is a program. `header` is where the header will be; empty when it will be nowhere. Throws Error
  /// when clang cannot be run.
  Stage(std::string clang, const std::filesystem::path& header, const std::vector<Source>& sources);

  /// Puts a text in the place of the header.
  void put(std::string_view text) const;
  /// The file that it is in; under whatever name it is included, it is the same file.
  [[nodiscard]] std::filesystem::path file() const { return directory_.file("vmlinux.h"); }

  /// Has a source find the header as vmlinux.h even if there is such a file, unless that is its name anyway.
  [[nodiscard]] bool can_replace_usual_name() const { return has_other_name_; }
  void replace_usual_name(Source& source) const;

  /// A place for other files.
  [[nodiscard]] const TemporaryDirectory& directory() const { return directory_; }

  /// The arguments of clang for a source, without its name: the defaults for BPF, those by which it finds the
  /// header, and the source's own.
  [[nodiscard]] std::vector<std::string> arguments(const Source& source) const;

  /// Where clang has its own headers.
  [[nodiscard]] const std::filesystem::path& resources() const { return resources_; }

  /// Compiles a source to an object. Throws Error "FILE:LINE:COLUMN: MESSAGE" with clang's first error.
  void compile(const Source& source, const std::filesystem::path& object) const;

 private:
  TemporaryDirectory directory_;
  std::string clang_;
  bool has_other_name_;
  std::filesystem::path resources_;
};

}  // namespace bpfbuild::usage
