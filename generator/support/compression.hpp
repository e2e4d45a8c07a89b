/// Compressed data: what a file or a part of a kernel image is compressed with, and what it holds.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "support/file.hpp"

namespace bpfbuild {

/// How the build of the kernel compresses images and modules. `lz4_legacy` is the form of images.
enum class Compression { gzip, xz, zstd, lz4, lz4_legacy, bzip2 };

/// "gzip", "xz", ...
std::string_view compression_name(Compression compression);

/// What bytes that begin like this are compressed with; nothing when they are not.
std::optional<Compression> compression_of(std::span<const std::byte> bytes);

/// Compressed data within something larger.
struct CompressedPart {
  Compression compression;
  std::size_t offset;
};

/// The first place from `offset` on at which compressed data seems to begin.
std::optional<CompressedPart> find_compressed(std::span<const std::byte> bytes, std::size_t offset);

/// Whether the compressed data is all there is, or other data may follow it.
enum class Ending { exact, open };

/// Whether libarchive, which decompresses, is there.
bool can_decompress();

/// Decompresses one layer of data, and takes the bytes that it has come to off `room`. Throws Error when the
/// data is damaged or there is no room for it, and then none is left. Where other data may follow, only
/// damage in front of the first block is told from it.
Bytes decompress(std::span<const std::byte> bytes, Compression compression, Ending ending, std::size_t& room);

}  // namespace bpfbuild
