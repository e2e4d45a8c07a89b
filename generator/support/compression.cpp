#include "support/compression.hpp"

#include <archive.h>
#include <string.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include "support/compression_end.hpp"
#include "support/dynamic_library.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild {

namespace {

using namespace std::string_view_literals;

struct Format {
  Compression compression;
  std::string_view name;
  std::string_view magic;
  int filter;  // of libarchive
};

constexpr Format formats[] = {
    {Compression::gzip, "gzip", "\x1f\x8b\x08"sv, ARCHIVE_FILTER_GZIP},
    {Compression::xz, "xz",
     "\xfd"
     "7zXZ\0"sv,
     ARCHIVE_FILTER_XZ},
    {Compression::zstd, "zstd", "\x28\xb5\x2f\xfd"sv, ARCHIVE_FILTER_ZSTD},
    {Compression::lz4, "lz4", "\x04\x22\x4d\x18"sv, ARCHIVE_FILTER_LZ4},
    {Compression::lz4_legacy, "lz4", "\x02\x21\x4c\x18"sv, ARCHIVE_FILTER_LZ4},
    {Compression::bzip2, "bzip2", "BZh"sv, ARCHIVE_FILTER_BZIP2},
};

const Format& format_of(Compression compression) {
  return *std::find_if(std::begin(formats), std::end(formats),
                       [&](const Format& format) { return format.compression == compression; });
}

bool begins_with(std::span<const std::byte> bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

/// What is used of libarchive.
class Library {
 public:
  static const Library& get() {
    static const Library library;
    return library;
  }

  decltype(&::archive_read_new) read_new;
  decltype(&::archive_read_free) read_free;
  decltype(&::archive_read_append_filter) append_filter;
  decltype(&::archive_read_support_format_raw) support_raw;
  decltype(&::archive_read_open_memory) open_memory;
  decltype(&::archive_read_next_header) next_header;
  decltype(&::archive_read_data_block) data_block;
  decltype(&::archive_error_string) error_string;

 private:
  Library() {
    const DynamicLibrary library(libarchive);
    if (!library.is_there()) {
      throw Error(format("is compressed, and {}, which decompresses it, was not found", libarchive),
                  install_libarchive);
    }
    library.load(read_new, "archive_read_new");
    library.load(read_free, "archive_read_free");
    library.load(append_filter, "archive_read_append_filter");
    library.load(support_raw, "archive_read_support_format_raw");
    library.load(open_memory, "archive_read_open_memory");
    library.load(next_header, "archive_read_next_header");
    library.load(data_block, "archive_read_data_block");
    library.load(error_string, "archive_error_string");
  }
};

/// Memory that grows by moving pages rather than bytes where it is large.
class Buffer {
 public:
  explicit Buffer(std::size_t& room) : left_(room) {}
  ~Buffer() { std::free(memory_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  void append(const void* from, std::size_t count) {
    if (count > left_) {
      left_ = 0;
      throw Error("is too large when decompressed; at most 1024 MiB are read");
    }
    if (size_ + count > capacity_) {
      const std::size_t capacity = size_ + std::min(std::max(size_, count), left_);
      void* const larger = std::realloc(memory_, capacity);
      if (larger == nullptr) throw std::bad_alloc();
      memory_ = static_cast<std::byte*>(larger);
      capacity_ = capacity;
    }
    std::memcpy(memory_ + size_, from, count);
    size_ += count;
    left_ -= count;
  }

  [[nodiscard]] std::size_t size() const { return size_; }

  Bytes take() {
    std::shared_ptr<const std::byte> owner(std::exchange(memory_, nullptr),
                                           [](const std::byte* p) { std::free(const_cast<std::byte*>(p)); });
    return {{owner.get(), size_}, owner};
  }

 private:
  std::size_t& left_;
  std::byte* memory_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace

bool can_decompress() {
  try {
    Library::get();
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::string_view compression_name(Compression compression) { return format_of(compression).name; }

std::optional<Compression> compression_of(std::span<const std::byte> bytes) {
  for (const Format& format : formats) {
    if (begins_with(bytes, format.magic)) return format.compression;
  }
  return std::nullopt;
}

std::optional<CompressedPart> find_compressed(std::span<const std::byte> bytes, std::size_t offset) {
  std::optional<CompressedPart> first;
  for (const Format& format : formats) {
    const std::size_t end =
        first ? std::min(bytes.size(), first->offset + format.magic.size() - 1) : bytes.size();
    if (offset >= end) continue;
    const void* const found =
        ::memmem(bytes.data() + offset, end - offset, format.magic.data(), format.magic.size());
    if (found == nullptr) continue;
    first = {format.compression,
             static_cast<std::size_t>(static_cast<const std::byte*>(found) - bytes.data())};
  }
  return first;
}

Bytes decompress(std::span<const std::byte> bytes, Compression compression, Ending ending,
                 std::size_t& room) {
  const Format& compressed = format_of(compression);
  if (ending == Ending::open) bytes = bytes.first(end_of_compressed(bytes, compression));

  const Library& library = Library::get();
  const std::unique_ptr<archive, int (*)(archive*)> reader(library.read_new(), library.read_free);
  const auto fail = [&] {
    const char* const reason = library.error_string(reader.get());
    return Error(
        format("damaged {} data: {}", compressed.name, reason == nullptr ? "it is cut off" : reason));
  };
  if (reader == nullptr) throw std::bad_alloc();
  // One layer and no other: data that is compressed many times over would take time without limit.
  if (library.append_filter(reader.get(), compressed.filter) != ARCHIVE_OK) {
    throw Error(format("is compressed with {}, which this libarchive cannot read", compressed.name));
  }
  archive_entry* entry = nullptr;
  if (library.support_raw(reader.get()) != ARCHIVE_OK ||
      library.open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK ||
      library.next_header(reader.get(), &entry) != ARCHIVE_OK) {
    throw fail();
  }

  Buffer contents(room);
  for (;;) {
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int status = library.data_block(reader.get(), &block, &size, &offset);
    if (status == ARCHIVE_EOF) return contents.take();
    if (status != ARCHIVE_OK) {
      if (ending == Ending::open && contents.size() > 0) return contents.take();
      throw fail();
    }
    contents.append(block, size);
  }
}

}  // namespace bpfbuild
