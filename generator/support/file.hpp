/// Reading and writing whole files. Nothing else in the tool opens a file for writing.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace bpfbuild {

/// Bytes together with whatever keeps them alive: memory, or a mapping.
struct Bytes {
  std::span<const std::byte> view;
  std::shared_ptr<const void> owner;
};

/// A file that is open for reading. Once it is open its contents can be read without the rights it took.
class InputFile {
 public:
  /// Throws Error "PATH: cannot open: REASON".
  explicit InputFile(std::filesystem::path path);
  InputFile(InputFile&& other) noexcept;
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// Whether the file begins with these bytes; false for what cannot be read from any place, like a pipe.
  [[nodiscard]] bool begins_with(std::string_view magic) const;

  /// All of it. A file of sysfs is mapped where the kernel allows that (several times faster than reading it,
  /// and what the kernel maps there neither changes nor shrinks); any other file is copied, up to 128 MiB.
  [[nodiscard]] Bytes read() const;

 private:
  std::filesystem::path path_;
  int descriptor_;
};

/// Makes `path` hold exactly `text`. A file that does already is not touched, so that its time stamp triggers
/// no build. Otherwise the text is written beside it and renamed into place: a reader sees the old file or
/// the new one, and the old one survives every failure. Keeps the permissions of the old file; a link stays a
/// link; a device or a pipe is written to directly. Throws Error.
void write_if_changed(const std::filesystem::path& path, std::string_view text);

/// Writes all of `text` to standard output. Throws Error.
void write_to_standard_output(std::string_view text);

}  // namespace bpfbuild
