/// The file system that a guest starts with: an archive in the kernel's format (newc cpio), in memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/file.hpp"

namespace bpfbuild::vm {

class Initramfs {
 public:
  /// Adds a file with these contents. Paths are absolute; directories on the way are made.
  void add_text(const std::filesystem::path& path, std::string text);
  void add_bytes(const std::filesystem::path& path, Bytes bytes);

  /// Adds a file or directory of the host, a link as what it leads to, under its own absolute path or
  /// another. A program comes with its loader and libraries, a script with its interpreter. What is there
  /// already stays. Throws Error.
  void add_file(const std::filesystem::path& path, const std::filesystem::path& source);
  void add_file(const std::filesystem::path& path) { add_file(path, path); }

  void add_directory(const std::filesystem::path& path);

  /// Directories of libraries, with a colon between them.
  [[nodiscard]] std::string library_path() const;

  /// The archive. Throws Error.
  [[nodiscard]] std::string archive() const;

 private:
  struct Entry {
    unsigned mode = 0;
    Bytes bytes;
  };
  bool add(const std::filesystem::path& path, unsigned mode, Bytes bytes);
  void add_what_it_needs(const std::filesystem::path& source, const Bytes& bytes);

  std::map<std::filesystem::path, Entry> entries_;  // directories come before what is in them
  std::vector<std::filesystem::path> library_directories_;
};

}  // namespace bpfbuild::vm
