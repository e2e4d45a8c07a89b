#include "support/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "support/error.hpp"

namespace bpfbuild {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{128} << 20;  // no kernel's types come near it

Error failure(const fs::path& path, std::string_view action) {
  return Error(fmt::format("cannot {}: {}", action, std::strerror(errno))).at(path.native());
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

bool holds(const fs::path& path, std::string_view text) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (file.number < 0 || ::fstat(file.number, &status) != 0) return false;
  if (static_cast<std::size_t>(status.st_size) != text.size()) return false;
  std::string old(text.size(), '\0');
  const ssize_t count = read_fully(file.number, reinterpret_cast<std::byte*>(old.data()), old.size());
  return count == static_cast<ssize_t>(text.size()) && old == text;
}

/// Creates a file beside `target` that no one else has; its path, and its descriptor.
std::pair<fs::path, int> create_beside(const fs::path& target) {
  for (int attempt = 0;; ++attempt) {
    fs::path path = target;
    path.replace_filename(fmt::format(".{}.{}-{}", target.filename().native(), ::getpid(), attempt));
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) return {path, descriptor};
    if (errno != EEXIST) throw failure(target, "write");
  }
}

void replace(const fs::path& target, std::string_view text, const struct stat* old) {
  const auto [beside, descriptor] = create_beside(target);
  const Descriptor file(descriptor);
  const bool done = write_fully(file.number, text) &&
                    (old == nullptr || ::fchmod(file.number, old->st_mode & 07777) == 0) &&
                    ::rename(beside.c_str(), target.c_str()) == 0;
  if (done) return;
  const Error error = failure(target, "write");
  ::unlink(beside.c_str());
  throw error;
}

}  // namespace

InputFile::InputFile(fs::path path)
    : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ >= 0) return;
  const bool forbidden = errno == EACCES || errno == EPERM;
  throw Error(fmt::format("cannot open: {}", std::strerror(errno)),
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

void write_if_changed(const fs::path& path, std::string_view text) {
  std::error_code ignored;
  const fs::path real = fs::canonical(path, ignored);
  const fs::path& target = real.empty() ? path : real;

  struct stat old {};
  const bool exists = ::stat(target.c_str(), &old) == 0;
  if (!exists) return replace(target, text, nullptr);
  if (S_ISREG(old.st_mode)) {
    if (!holds(target, text)) replace(target, text, &old);
    return;
  }
  const Descriptor file(::open(target.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.number < 0 || !write_fully(file.number, text)) throw failure(path, "write");
}

void write_to_standard_output(std::string_view text) {
  if (!write_fully(STDOUT_FILENO, text)) throw failure("standard output", "write");
}

}  // namespace bpfbuild
