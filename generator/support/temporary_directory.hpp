/// A place for files that other programs need.
#pragma once

#include <filesystem>
#include <string_view>

namespace bpfbuild {

/// A directory of this process alone, gone with what is in it when it leaves scope.
class TemporaryDirectory {
 public:
  /// Throws Error.
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  [[nodiscard]] std::filesystem::path file(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace bpfbuild
