/// Where compressed data ends when other data follows it, as in a kernel image.
#pragma once

#include <cstddef>
#include <span>

#include "support/compression.hpp"

namespace bpfbuild {

/// The length of the compressed data at the start of `bytes`; all of them, where the format tells its own end
/// to who decompresses it, or the data is cut off. A decompressor of xz or zstd takes what follows for one
/// more stream, finds that damaged, and keeps back the end of the first.
std::size_t end_of_compressed(std::span<const std::byte> bytes, Compression compression);

}  // namespace bpfbuild
