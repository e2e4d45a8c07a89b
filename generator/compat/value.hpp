/// What is known of the value in a register or on the stack, whatever way the verifier comes there.
#pragma once

#include <cstdint>
#include <limits>

#include "compat/instruction.hpp"

namespace bpfbuild::compat {

/// A number, as far as it is known; or an address of which more is known than that it is one. Addresses of
/// the kernel's memory count as numbers of which nothing is known.
struct Value {
  enum class Kind : std::uint8_t {
    number,    // from low to high, unsigned
    stack,     // frame `index`, at a distance from low to high, signed, from its upper end
    data,      // section `index`, from low to high bytes in it; never null
    function,  // that begins at instruction low of section `index`
    any,       // may be an address on the stack
  };

  Kind kind = Kind::number;
  std::uint32_t index = 0;
  std::uint64_t low = 0;
  std::uint64_t high = std::numeric_limits<std::uint64_t>::max();

  static Value number(std::uint64_t value) { return {Kind::number, 0, value, value}; }
  static Value range(std::uint64_t low, std::uint64_t high) { return {Kind::number, 0, low, high}; }
  static Value unknown() { return {}; }
  static Value any() { return {Kind::any, 0, 0, 0}; }
  /// What a load of so many bytes can bring.
  static Value of_bytes(std::uint32_t count) {
    return count >= 8 ? unknown() : range(0, (std::uint64_t{1} << (count * 8)) - 1);
  }

  [[nodiscard]] bool is_number() const { return kind == Kind::number; }
  [[nodiscard]] bool is_constant() const { return is_number() && low == high; }
  /// An address at a place that is known.
  [[nodiscard]] bool is_exact() const { return low == high; }

  bool operator==(const Value&) const = default;
};

/// The lowest bits as a signed number, extended to 64.
std::uint64_t signed_from(std::uint64_t value, unsigned bits);

/// What an instruction of 32 bits sees of a value.
Value cut_to_32_bits(const Value& value);

/// Of the stack or of data, so never null.
bool is_address(const Value& value);

/// What holds of both.
Value join(const Value& a, const Value& b);

/// Gives up bounds that have grown, so that growing comes to an end.
Value widen(const Value& before, const Value& after);

/// The result of an instruction of class ALU or ALU64 other than MOV between registers of 64 bits.
Value calculate(const Instruction& instruction, const Value& destination, const Value& source,
                bool is_little_endian);

/// Which ways a conditional jump can go.
struct Ways {
  bool jumps = true;
  bool falls_through = true;
};
Ways decide(const Instruction& jump, const Value& left, const Value& right);

/// What is known of the left side behind a conditional jump, when it has gone that way.
Value narrow(const Instruction& jump, bool jumped, const Value& left, const Value& right);

}  // namespace bpfbuild::compat
