#include "support/file.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <tuple>
#include <utility>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{128} << 20;  // no kernel's types come near it

Error failure(const fs::path& path, std::string_view action) {
  return Error(format("cannot {}: {}", action, std::strerror(errno))).at(path.native());
}

/// Owns a file descriptor until it leaves scope.
struct Descriptor {
  int number;
  explicit Descriptor(int opened) : number(opened) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

/// Reads until `room` bytes or the end of the file; the number of bytes, or -1 with errno.
ssize_t read_fully(int descriptor, std::byte* to, std::size_t room) {
  std::size_t done = 0;
  while (done < room) {
    const ssize_t count = ::read(descriptor, to + done, room - done);
    if (count == 0) break;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    done += static_cast<std::size_t>(count);
  }
  return static_cast<ssize_t>(done);
}

bool write_fully(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

Bytes map(int descriptor, std::size_t size) {
  void* const start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
  if (start == MAP_FAILED) return {};
  return {{static_cast<const std::byte*>(start), size},
          {start, [size](const void* mapped) { ::munmap(const_cast<void*>(mapped), size); }}};
}

/// Whether the file has this text from the offset on.
bool has_at(const InputFile& file, std::size_t offset, std::string_view text) {
  constexpr std::size_t piece = 65536;
  char found[piece];
  while (!text.empty()) {
    const std::size_t size = std::min(text.size(), piece);
    const ssize_t count = ::pread(file.descriptor(), found, size, static_cast<off_t>(offset));
    if (count <= 0 || std::memcmp(found, text.data(), static_cast<std::size_t>(count)) != 0) return false;
    offset += static_cast<std::size_t>(count);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Creates a file beside `target` that no one else has; its path, and its descriptor.
std::pair<fs::path, int> create_beside(const fs::path& target) {
  for (int attempt = 0;; ++attempt) {
    fs::path path = target;
    path.replace_filename(format(".{}.{}-{}", target.filename().native(), ::getpid(), attempt));
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) return {path, descriptor};
    if (errno != EEXIST) throw failure(target, "write");
  }
}

}  // namespace

InputFile::InputFile(fs::path path)
    : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ >= 0) return;
  const bool forbidden = errno == EACCES || errno == EPERM;
  throw Error(format("cannot open: {}", std::strerror(errno)),
              forbidden ? "run the command with sudo if only root may read it" : "")
      .at(path_.native());
}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool InputFile::begins_with(std::string_view magic) const {
  std::string start(magic.size(), '\0');
  const ssize_t count = ::pread(descriptor_, start.data(), start.size(), 0);
  return count == static_cast<ssize_t>(magic.size()) && start == magic;
}

Bytes InputFile::read() const {
  struct stat status {};
  struct statfs filesystem {};
  if (::fstat(descriptor_, &status) != 0 || ::fstatfs(descriptor_, &filesystem) != 0) {
    throw failure(path_, "read");
  }
  if (filesystem.f_type == SYSFS_MAGIC && status.st_size > 0) {
    Bytes mapped = map(descriptor_, static_cast<std::size_t>(status.st_size));
    if (mapped.owner) return mapped;
  }

  // The size is a hint only: a pipe has none. One byte more than the hint tells whether there is more.
  std::size_t room = std::min(static_cast<std::size_t>(status.st_size), largest_file) + 1;
  std::size_t size = 0;
  std::shared_ptr<std::byte[]> memory(new std::byte[room]);
  for (;;) {
    const ssize_t count = read_fully(descriptor_, memory.get() + size, room - size);
    if (count < 0) throw failure(path_, "read");
    size += static_cast<std::size_t>(count);
    if (size < room) break;
    if (room > largest_file) throw Error("is larger than 128 MiB").at(path_.native());
    room = room * 2 + 4096;
    std::shared_ptr<std::byte[]> larger(new std::byte[room]);
    std::memcpy(larger.get(), memory.get(), size);
    memory = std::move(larger);
  }
  return {{memory.get(), size}, memory};
}

OutputFile::OutputFile(fs::path path) : path_(std::move(path)) {
  std::error_code ignored;
  target_ = fs::canonical(path_, ignored);
  if (target_.empty()) target_ = path_;
  struct stat old {};
  const bool exists = ::stat(target_.c_str(), &old) == 0;
  replaces_ = !path_.empty() && (!exists || S_ISREG(old.st_mode));
  if (replaces_ && exists && ::access(target_.c_str(), R_OK) == 0) old_.emplace(target_);
  if (replaces_ && !old_) start_beside();
}

OutputFile::~OutputFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(beside_.c_str());
}

void OutputFile::write(std::string_view text) {
  if (!replaces_) {
    text_ += text;
  } else if (descriptor_ < 0 && has_at(*old_, same_, text)) {
    same_ += text.size();
  } else {
    if (descriptor_ < 0) start_beside();
    if (!write_fully(descriptor_, text)) throw failure(path_, "write");
  }
}

/// Goes on in a file beside the old one, which begins with what both have so far.
void OutputFile::start_beside() {
  std::tie(beside_, descriptor_) = create_beside(target_);
  if (!old_) return;
  struct stat status {};
  const Bytes start = old_->read();
  const std::string_view same(reinterpret_cast<const char*>(start.view.data()),
                              std::min(same_, start.view.size()));
  if (::fstat(old_->descriptor(), &status) != 0 || ::fchmod(descriptor_, status.st_mode & 07777) != 0 ||
      !write_fully(descriptor_, same)) {
    throw failure(path_, "write");
  }
}

void OutputFile::finish() {
  if (path_.empty()) return write_to_standard_output(text_);
  if (!replaces_) {
    const Descriptor file(::open(target_.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.number < 0 || !write_fully(file.number, text_)) throw failure(path_, "write");
    return;
  }
  struct stat old {};
  if (descriptor_ < 0) {
    if (::fstat(old_->descriptor(), &old) == 0 && static_cast<std::size_t>(old.st_size) == same_) return;
    start_beside();
  }
  if (::rename(beside_.c_str(), target_.c_str()) != 0) throw failure(path_, "write");
  ::close(std::exchange(descriptor_, -1));
}

void write_if_changed(const fs::path& path, std::string_view text) {
  OutputFile file(path);
  file.write(text);
  file.finish();
}

void write_to_standard_output(std::string_view text) {
  if (!write_fully(STDOUT_FILENO, text)) throw failure("standard output", "write");
}

}  // namespace bpfbuild
