/// Compressed data made by the test.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "support/compression.hpp"

namespace bpfbuild::test {

inline constexpr Compression every_compression[] = {Compression::gzip,  Compression::xz,
                                                    Compression::zstd,  Compression::lz4,
                                                    Compression::bzip2, Compression::lz4_legacy};

inline std::string little_endian(std::uint32_t word) {
  std::string text;
  for (int i = 0; i < 4; ++i) text += static_cast<char>(word >> 8 * i & 0xff);
  return text;
}

/// In the form of kernel images, which libarchive reads but does not write: blocks of literals.
inline std::string compress_lz4_legacy(std::string_view text) {
  constexpr std::size_t block_size = 8 << 20;
  std::string compressed = "\x02\x21\x4c\x18";
  for (std::size_t at = 0; at < text.size(); at += block_size) {
    const std::string_view literals = text.substr(at, block_size);
    std::string block(1, static_cast<char>(literals.size() < 15 ? literals.size() << 4 : 0xf0));
    if (literals.size() >= 15) {
      std::size_t rest = literals.size() - 15;
      for (; rest >= 255; rest -= 255) block += '\xff';
      block += static_cast<char>(rest);
    }
    block += literals;
    compressed += little_endian(static_cast<std::uint32_t>(block.size())) + block;
  }
  return compressed;
}

inline std::string compress(std::string_view text, Compression compression) {
  if (compression == Compression::lz4_legacy) return compress_lz4_legacy(text);
  struct Writer {
    Compression compression;
    int filter;
  };
  constexpr Writer writers[] = {{Compression::gzip, ARCHIVE_FILTER_GZIP},
                                {Compression::xz, ARCHIVE_FILTER_XZ},
                                {Compression::zstd, ARCHIVE_FILTER_ZSTD},
                                {Compression::lz4, ARCHIVE_FILTER_LZ4},
                                {Compression::bzip2, ARCHIVE_FILTER_BZIP2}};
  std::string compressed(text.size() * 2 + 65536, '\0');
  std::size_t used = 0;
  archive* const writer = ::archive_write_new();
  archive_entry* const entry = ::archive_entry_new();
  ::archive_entry_set_filetype(entry, AE_IFREG);
  bool good = ::archive_write_set_format_raw(writer) == ARCHIVE_OK;
  for (const Writer& each : writers) {
    if (each.compression != compression) continue;
    good = good && ::archive_write_add_filter(writer, each.filter) == ARCHIVE_OK;
  }
  ::archive_write_set_bytes_per_block(writer, 1);  // without padding to a block of a tape
  good = good &&
         ::archive_write_open_memory(writer, compressed.data(), compressed.size(), &used) == ARCHIVE_OK &&
         ::archive_write_header(writer, entry) == ARCHIVE_OK &&
         ::archive_write_data(writer, text.data(), text.size()) == static_cast<la_ssize_t>(text.size()) &&
         ::archive_write_close(writer) == ARCHIVE_OK;
  ::archive_entry_free(entry);
  ::archive_write_free(writer);
  if (!good) throw std::runtime_error("libarchive cannot compress");
  compressed.resize(used);
  return compressed;
}

}  // namespace bpfbuild::test
