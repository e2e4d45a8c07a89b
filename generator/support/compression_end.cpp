#include "support/compression_end.hpp"

#include <cstdint>
#include <cstring>

namespace bpfbuild {

namespace {

std::uint32_t little_endian(std::span<const std::byte> bytes, std::size_t offset, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value |= std::to_integer<std::uint32_t>(bytes[offset + i]) << 8 * i;
  return value;
}

/// Section 2.1 of the .xz file format: a stream is made of words, and ends with a footer of 12 bytes: check
/// sum, size of the index in front of it, the flags of the stream's header once more, "YZ".
std::size_t end_of_xz(std::span<const std::byte> bytes) {
  constexpr std::size_t header = 12, footer = 12;
  for (std::size_t end = header + footer; end <= bytes.size(); end += 4) {
    if (bytes[end - 2] != std::byte{'Y'} || bytes[end - 1] != std::byte{'Z'}) continue;
    if (std::memcmp(&bytes[end - 4], &bytes[6], 2) != 0) continue;
    const std::uint64_t index = (std::uint64_t{little_endian(bytes, end - 8, 4)} + 1) * 4;
    if (index > end - header - footer) continue;
    if (bytes[end - footer - index] == std::byte{0}) return end;  // the first byte of an index
  }
  return bytes.size();
}

/// RFC 8878, section 3.1.1: a frame is a header, blocks that tell their size and which is the last, and at
/// times a check sum.
std::size_t end_of_zstd(std::span<const std::byte> bytes) {
  if (bytes.size() < 5) return bytes.size();
  const auto descriptor = std::to_integer<unsigned>(bytes[4]);
  const bool single_segment = (descriptor & 0x20) != 0;
  constexpr std::size_t dictionary_bytes[] = {0, 1, 2, 4};
  const std::size_t size_bytes[] = {single_segment ? 1U : 0U, 2, 4, 8};
  std::size_t at =
      5 + (single_segment ? 0 : 1) + dictionary_bytes[descriptor & 3] + size_bytes[descriptor >> 6];

  constexpr std::size_t block_header = 3;
  for (bool last = false; !last;) {
    if (at + block_header > bytes.size()) return bytes.size();
    const std::uint32_t block = little_endian(bytes, at, block_header);
    const bool is_repeated_byte = (block >> 1 & 3) == 1;
    last = (block & 1) != 0;
    at += block_header + (is_repeated_byte ? 1 : block >> 3);
  }
  if ((descriptor & 4) != 0) at += 4;
  return at < bytes.size() ? at : bytes.size();
}

}  // namespace

std::size_t end_of_compressed(std::span<const std::byte> bytes, Compression compression) {
  if (compression == Compression::xz) return end_of_xz(bytes);
  if (compression == Compression::zstd) return end_of_zstd(bytes);
  return bytes.size();
}

}  // namespace bpfbuild
