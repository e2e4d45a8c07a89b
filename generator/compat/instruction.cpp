#include "compat/instruction.hpp"

#include <bit>
#include <cstring>

namespace bpfbuild::compat {

std::vector<Instruction> decode(std::span<const std::byte> bytes, bool foreign_byte_order) {
  const bool is_little = (std::endian::native == std::endian::little) != foreign_byte_order;
  std::vector<Instruction> all;
  all.reserve(bytes.size() / instruction_size);
  for (; bytes.size() >= instruction_size; bytes = bytes.subspan(instruction_size)) {
    std::uint16_t offset = 0;
    std::uint32_t immediate = 0;
    std::memcpy(&offset, &bytes[2], sizeof offset);
    std::memcpy(&immediate, &bytes[4], sizeof immediate);
    if (foreign_byte_order) {
      offset = __builtin_bswap16(offset);
      immediate = __builtin_bswap32(immediate);
    }
    const auto registers = std::to_integer<std::uint8_t>(bytes[1]);
    const std::uint8_t low = registers & 0xf, high = registers >> 4;
    all.push_back({std::to_integer<std::uint8_t>(bytes[0]), is_little ? low : high, is_little ? high : low,
                   static_cast<std::int16_t>(offset), static_cast<std::int32_t>(immediate)});
  }
  return all;
}

}  // namespace bpfbuild::compat
