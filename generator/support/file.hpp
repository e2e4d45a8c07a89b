/// Reading and writing whole files. Nothing else in the tool opens a file for writing,
/// but for objects that are changed in place (object/source_lines.hpp).
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
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

/// A file that is written bit by bit and appears as a whole. One that holds the same already is not touched,
/// so that its time stamp triggers no build. Otherwise the text is written beside it and renamed into place:
/// a reader sees the old file or the new one, and the old one survives every failure. Keeps the permissions
/// of the old file; a link stays a link. A device, a pipe and standard output get all of the text at the end.
class OutputFile {
 public:
  /// Standard output when `path` is empty. All members throw Error "PATH: cannot write: REASON".
  explicit OutputFile(std::filesystem::path path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text);
  /// Puts what was written in place. Without it nothing has happened.
  void finish();

 private:
  void start_beside();

  std::filesystem::path path_;
  std::filesystem::path target_;  // what links lead to
  bool replaces_ = false;         // rather than writes to what is there
  std::optional<InputFile> old_;
  std::size_t same_ = 0;  // bytes that the old file has as well, all so far
  std::filesystem::path beside_;
  int descriptor_ = -1;  // of the file beside; none as long as the old one has the same
  std::string text_;     // what is not replaced gets all of it at the end
};

/// Makes `path` hold exactly `text`, as an OutputFile.
void write_if_changed(const std::filesystem::path& path, std::string_view text);

/// Writes all of `text` to standard output. Throws Error.
void write_to_standard_output(std::string_view text);

}  // namespace bpfbuild
