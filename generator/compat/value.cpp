#include "compat/value.hpp"

#include <algorithm>
#include <optional>

namespace bpfbuild::compat {

namespace {

constexpr std::uint64_t highest = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t highest32 = std::numeric_limits<std::uint32_t>::max();

std::int64_t as_signed(std::uint64_t value) { return static_cast<std::int64_t>(value); }

std::uint64_t swap_bytes(std::uint64_t value, int bits) {
  switch (bits) {
    case 16:
      return __builtin_bswap16(static_cast<std::uint16_t>(value));
    case 32:
      return __builtin_bswap32(static_cast<std::uint32_t>(value));
    default:
      return __builtin_bswap64(value);
  }
}

/// To a byte order, or with class ALU64 always to the other one.
std::uint64_t change_byte_order(const Instruction& instruction, std::uint64_t value, bool is_little_endian) {
  const bool to_big = instruction.has_register_source();
  const int bits = instruction.immediate;
  if (instruction.klass() == op::alu64 || to_big == is_little_endian) return swap_bytes(value, bits);
  return bits >= 64 ? value : value & ((std::uint64_t{1} << bits) - 1);
}

/// Both operands cut to `bits`, and so will be the result. Division by zero gives zero, its remainder the
/// dividend, and a shift takes no more bits than make sense.
std::optional<std::uint64_t> calculate_constants(const Instruction& instruction, std::uint64_t a,
                                                 std::uint64_t b, unsigned bits) {
  const bool is_signed = instruction.offset == 1;
  const std::int64_t signed_a = as_signed(signed_from(a, bits)), signed_b = as_signed(signed_from(b, bits));
  switch (instruction.operation()) {
    case op::add:
      return a + b;
    case op::sub:
      return a - b;
    case op::mul:
      return a * b;
    case op::div:
      if (b == 0) return 0;
      if (!is_signed) return a / b;
      return signed_b == -1 ? 0 - a : static_cast<std::uint64_t>(signed_a / signed_b);
    case op::mod:
      if (b == 0) return a;
      if (!is_signed) return a % b;
      return signed_b == -1 ? 0 : static_cast<std::uint64_t>(signed_a % signed_b);
    case op::or_:
      return a | b;
    case op::and_:
      return a & b;
    case op::xor_:
      return a ^ b;
    case op::lsh:
      return a << (b & (bits - 1));
    case op::rsh:
      return a >> (b & (bits - 1));
    case op::arsh:
      return static_cast<std::uint64_t>(signed_a >> (b & (bits - 1)));
    case op::neg:
      return 0 - a;
    default:
      return std::nullopt;
  }
}

/// Operations whose results keep within bounds that are easily told.
Value calculate_ranges(const Instruction& instruction, const Value& a, const Value& b) {
  switch (instruction.operation()) {
    case op::add:
      if (a.high <= highest - b.high) return Value::range(a.low + b.low, a.high + b.high);
      break;
    case op::sub:
      if (a.low >= b.high) return Value::range(a.low - b.high, a.high - b.low);
      break;
    case op::and_:
      return Value::range(0, std::min(a.high, b.high));
    case op::div:
      if (b.is_constant() && b.low != 0 && instruction.offset == 0) {
        return Value::range(a.low / b.low, a.high / b.low);
      }
      break;
    case op::mod:
      if (b.is_constant() && b.low != 0 && instruction.offset == 0) return Value::range(0, b.low - 1);
      break;
    case op::arsh:
      if (a.high > (instruction.klass() == op::alu ? highest32 : highest) / 2) break;
      [[fallthrough]];
    case op::rsh:
      if (b.is_constant() && b.low < 64) return Value::range(a.low >> b.low, a.high >> b.low);
      break;
    case op::lsh:
      if (b.is_constant() && b.low < 64 && a.high <= highest >> b.low) {
        return Value::range(a.low << b.low, a.high << b.low);
      }
      break;
    default:
      break;
  }
  return Value::unknown();
}

/// An address plus or minus a number.
Value move_address(const Instruction& instruction, const Value& address, const Value& distance) {
  constexpr std::uint64_t largest_frame = 512;
  Value moved = address;
  if (distance.is_constant()) {
    const std::uint64_t change = instruction.operation() == op::add ? distance.low : 0 - distance.low;
    moved.low += change;
    moved.high += change;
    const auto is_far = [](std::uint64_t at) { return at + largest_frame > 2 * largest_frame; };
    const bool is_outside = address.kind == Value::Kind::stack && (is_far(moved.low) || is_far(moved.high));
    return is_outside ? Value::any() : moved;
  }
  if (address.kind == Value::Kind::stack) {
    moved.low = 0 - largest_frame;
    moved.high = 0;
    return moved;
  }
  moved.low = 0;
  moved.high = highest;
  return moved;
}

}  // namespace

std::uint64_t signed_from(std::uint64_t value, unsigned bits) {
  const unsigned unused = 64 - bits;
  return static_cast<std::uint64_t>(as_signed(value << unused) >> unused);
}

Value cut_to_32_bits(const Value& value) {
  if (!value.is_number()) return Value::range(0, highest32);
  if (value.is_constant()) return Value::number(value.low & highest32);
  return value.high <= highest32 ? value : Value::range(0, highest32);
}

bool is_address(const Value& value) {
  return value.kind == Value::Kind::stack || value.kind == Value::Kind::data;
}

Value join(const Value& a, const Value& b) {
  if (a == b) return a;
  if (a.kind != b.kind || a.index != b.index || a.kind == Value::Kind::function) {
    const auto is_on_stack = [](const Value& value) {
      return value.kind == Value::Kind::stack || value.kind == Value::Kind::any;
    };
    return is_on_stack(a) || is_on_stack(b) ? Value::any() : Value::unknown();
  }
  Value joined = a;
  if (a.kind == Value::Kind::stack) {
    joined.low = static_cast<std::uint64_t>(std::min(as_signed(a.low), as_signed(b.low)));
    joined.high = static_cast<std::uint64_t>(std::max(as_signed(a.high), as_signed(b.high)));
  } else {
    joined.low = std::min(a.low, b.low);
    joined.high = std::max(a.high, b.high);
  }
  return joined;
}

Value widen(const Value& before, const Value& after) {
  if (before == after) return after;
  if (after.is_number() && before.is_number()) {
    return Value::range(after.low < before.low ? 0 : after.low,
                        after.high > before.high ? highest : after.high);
  }
  return after.kind == Value::Kind::stack || after.kind == Value::Kind::any ? Value::any() : Value::unknown();
}

Value calculate(const Instruction& instruction, const Value& destination, const Value& source,
                bool is_little_endian) {
  const bool is_32 = instruction.klass() == op::alu;
  const std::uint8_t operation = instruction.operation();
  if (operation == op::end) {
    const std::int32_t bits = instruction.immediate;
    if (bits != 16 && bits != 32 && bits != 64) return Value::unknown();
    return destination.is_constant()
               ? Value::number(change_byte_order(instruction, destination.low, is_little_endian))
               : Value::of_bytes(static_cast<std::uint32_t>(bits / 8));
  }
  if (operation == op::mov) {
    if (instruction.offset == 0) return is_32 ? cut_to_32_bits(source) : source;
    const std::int16_t bits = instruction.offset;
    const bool is_known = source.is_constant() && (bits == 8 || bits == 16 || bits == 32);
    if (!is_known) return is_32 ? Value::range(0, highest32) : Value::unknown();
    const std::uint64_t extended = signed_from(source.low, static_cast<unsigned>(bits));
    return Value::number(is_32 ? extended & highest32 : extended);
  }
  if (!is_32 && (operation == op::add || operation == op::sub)) {
    if (is_address(destination) && source.is_number()) return move_address(instruction, destination, source);
    if (is_address(source) && destination.is_number() && operation == op::add) {
      return move_address(instruction, source, destination);
    }
    // A distance between addresses is none itself.
    if (destination.kind == Value::Kind::any) return Value::any();
    if (source.kind == Value::Kind::any && operation == op::add) return Value::any();
  }
  const Value a = is_32 ? cut_to_32_bits(destination) : destination;
  const Value b = is_32 ? cut_to_32_bits(source) : source;
  if (!a.is_number() || !b.is_number()) return Value::unknown();
  Value result = Value::unknown();
  if (a.is_constant() && (b.is_constant() || operation == op::neg)) {
    if (const auto value = calculate_constants(instruction, a.low, b.low, is_32 ? 32 : 64)) {
      result = Value::number(*value);
    }
  } else {
    result = calculate_ranges(instruction, a, b);
  }
  return is_32 ? cut_to_32_bits(result) : result;
}

}  // namespace bpfbuild::compat
