/// Instructions of BPF; see the kernel's Documentation/bpf/standardization/instruction-set.rst.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bpfbuild::compat {

inline constexpr std::size_t instruction_size = 8;

/// Classes, sources, operations and modes by the names that linux/bpf.h has for them, without BPF_.
namespace op {
inline constexpr std::uint8_t ld = 0x00, ldx = 0x01, st = 0x02, stx = 0x03, alu = 0x04, jmp = 0x05,
                              jmp32 = 0x06, alu64 = 0x07;
inline constexpr std::uint8_t x = 0x08;  // the source is a register
inline constexpr std::uint8_t add = 0x00, sub = 0x10, mul = 0x20, div = 0x30, or_ = 0x40, and_ = 0x50,
                              lsh = 0x60, rsh = 0x70, neg = 0x80, mod = 0x90, xor_ = 0xa0, mov = 0xb0,
                              arsh = 0xc0, end = 0xd0;
inline constexpr std::uint8_t ja = 0x00, jeq = 0x10, jgt = 0x20, jge = 0x30, jset = 0x40, jne = 0x50,
                              jsgt = 0x60, jsge = 0x70, call = 0x80, exit = 0x90, jlt = 0xa0, jle = 0xb0,
                              jslt = 0xc0, jsle = 0xd0, jcond = 0xe0;
inline constexpr std::uint8_t imm = 0x00, mem = 0x60, memsx = 0x80, atomic = 0xc0;
inline constexpr std::uint8_t load_imm64 = 0x18;
}  // namespace op

struct Instruction {
  std::uint8_t code;
  std::uint8_t destination, source;  // registers
  std::int16_t offset;
  std::int32_t immediate;

  [[nodiscard]] std::uint8_t klass() const { return code & 0x07; }
  [[nodiscard]] std::uint8_t operation() const { return code & 0xf0; }
  [[nodiscard]] std::uint8_t mode() const { return code & 0xe0; }
  [[nodiscard]] bool has_register_source() const { return (code & op::x) != 0; }
  [[nodiscard]] bool is_load_imm64() const { return code == op::load_imm64; }
  [[nodiscard]] bool is_jump() const { return klass() == op::jmp || klass() == op::jmp32; }
  [[nodiscard]] bool is_call() const { return klass() == op::jmp && operation() == op::call; }
  [[nodiscard]] bool is_exit() const { return code == (op::jmp | op::exit); }
  /// Bytes that are loaded or stored.
  [[nodiscard]] std::uint32_t access_size() const {
    constexpr std::uint32_t sizes[] = {4, 2, 1, 8};
    return sizes[code >> 3 & 3];
  }
};

/// What the source register of a call says of it.
enum class Callee : std::uint8_t { helper = 0, function = 1, kfunc = 2 };

/// The instructions of a section in the given byte order; what is too short for one at the end is left out.
std::vector<Instruction> decode(std::span<const std::byte> bytes, bool foreign_byte_order);

}  // namespace bpfbuild::compat
