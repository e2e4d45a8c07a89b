#include <algorithm>
#include <iterator>
#include <limits>

#include "compat/value.hpp"

namespace bpfbuild::compat {

namespace {

constexpr std::uint64_t highest = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t highest32 = std::numeric_limits<std::uint32_t>::max();

std::int64_t as_signed(std::uint64_t value) { return static_cast<std::int64_t>(value); }

/// The jump's comparison of two bounds.
bool holds(std::uint8_t operation, std::uint64_t a, std::uint64_t b) {
  switch (operation) {
    case op::jeq:
      return a == b;
    case op::jne:
      return a != b;
    case op::jgt:
      return a > b;
    case op::jge:
      return a >= b;
    case op::jlt:
      return a < b;
    case op::jle:
      return a <= b;
    case op::jset:
      return (a & b) != 0;
    case op::jsgt:
      return as_signed(a) > as_signed(b);
    case op::jsge:
      return as_signed(a) >= as_signed(b);
    case op::jslt:
      return as_signed(a) < as_signed(b);
    default:  // jsle
      return as_signed(a) <= as_signed(b);
  }
}

/// The comparison of unsigned numbers that a signed one is where neither is negative.
std::uint8_t unsigned_form(std::uint8_t operation) {
  switch (operation) {
    case op::jsgt:
      return op::jgt;
    case op::jsge:
      return op::jge;
    case op::jslt:
      return op::jlt;
    case op::jsle:
      return op::jle;
    default:
      return operation;
  }
}

}  // namespace

Ways decide(const Instruction& jump, const Value& left, const Value& right) {
  const std::uint8_t operation = jump.operation();
  if (operation == op::jcond) return {};
  const bool is_32 = jump.klass() == op::jmp32;
  const auto is_not_null = [](const Value& value) {
    return is_address(value) || value.kind == Value::Kind::function;
  };
  if (!is_32 && ((is_not_null(left) && right == Value::number(0)) ||
                 (is_not_null(right) && left == Value::number(0)))) {
    if (operation == op::jeq) return {false, true};
    if (operation == op::jne) return {true, false};
    return {};
  }
  const Value a = is_32 ? cut_to_32_bits(left) : left;
  const Value b = is_32 ? cut_to_32_bits(right) : right;
  if (!a.is_number() || !b.is_number()) return {};
  if (a.is_constant() && b.is_constant()) {
    const unsigned bits = is_32 ? 32 : 64;
    const bool is_signed = unsigned_form(operation) != operation;
    const bool jumps = is_signed ? holds(operation, signed_from(a.low, bits), signed_from(b.low, bits))
                                 : holds(operation, a.low, b.low);
    return {jumps, !jumps};
  }
  const std::uint64_t largest_positive = is_32 ? highest32 / 2 : highest / 2;
  const std::uint8_t compared = unsigned_form(operation);
  if (compared != operation && (a.high > largest_positive || b.high > largest_positive)) return {};
  switch (compared) {
    case op::jeq:
      return {a.low <= b.high && b.low <= a.high, true};
    case op::jne:
      return {true, a.low <= b.high && b.low <= a.high};
    case op::jgt:
      return {a.high > b.low, a.low <= b.high};
    case op::jge:
      return {a.high >= b.low, a.low < b.high};
    case op::jlt:
      return {a.low < b.high, a.high >= b.low};
    case op::jle:
      return {a.low <= b.high, a.high > b.low};
    default:
      return {};
  }
}

Value narrow(const Instruction& jump, bool jumped, const Value& left, const Value& right) {
  constexpr std::uint8_t opposites[][2] = {{op::jeq, op::jne}, {op::jgt, op::jle}, {op::jge, op::jlt},
                                           {op::jne, op::jeq}, {op::jlt, op::jge}, {op::jle, op::jgt}};
  const bool fits = jump.klass() != op::jmp32 || (left.high <= highest32 && right.high <= highest32);
  if (!left.is_number() || !right.is_constant() || !fits) return left;
  const std::uint64_t largest_positive = jump.klass() == op::jmp32 ? highest32 / 2 : highest / 2;
  std::uint8_t operation = unsigned_form(jump.operation());
  if (operation != jump.operation() && (left.high > largest_positive || right.high > largest_positive)) {
    return left;
  }
  if (!jumped) {
    const auto* const found = std::find_if(std::begin(opposites), std::end(opposites),
                                           [&](const auto& pair) { return pair[0] == operation; });
    if (found == std::end(opposites)) return left;
    operation = (*found)[1];
  }
  Value value = left;
  const std::uint64_t bound = right.low;
  switch (operation) {
    case op::jeq:
      value = right;
      break;
    case op::jne:
      if (value.low == bound) ++value.low;
      if (value.high == bound) --value.high;
      break;
    case op::jgt:
      value.low = std::max(value.low, bound + 1);
      break;
    case op::jge:
      value.low = std::max(value.low, bound);
      break;
    case op::jlt:
      value.high = std::min(value.high, bound - 1);
      break;
    case op::jle:
      value.high = std::min(value.high, bound);
      break;
    default:
      break;
  }
  return value.low <= value.high ? value : left;
}

}  // namespace bpfbuild::compat
