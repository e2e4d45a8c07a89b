#include "compat/state.hpp"

#include <algorithm>

namespace bpfbuild::compat {

namespace {

/// Combines what two frames have at the same place.
template <class Slots, class Combine>
Slots combine(const Slots& a, const Slots& b, Combine&& combined) {
  Slots both;
  for (const auto& [at, slot] : a) {
    const auto other = b.find(at);
    if (other == b.end() || other->second.size != slot.size) continue;
    both.emplace_hint(both.end(), at,
                      typename Slots::mapped_type{slot.size, combined(slot.value, other->second.value)});
  }
  return both;
}

template <class Combine>
State combine_states(const State& a, const State& b, Combine&& combined) {
  State both;
  for (std::size_t i = 0; i < both.registers.size(); ++i) {
    both.registers[i] = combined(a.registers[i], b.registers[i]);
  }
  for (std::size_t i = 0; i < std::min(a.frames.size(), b.frames.size()); ++i) {
    both.frames.push_back(combined(a.frames[i], b.frames[i]));
  }
  return both;
}

}  // namespace

void Frame::forget(std::int64_t begin, std::int64_t end) {
  auto slot = slots_.lower_bound(begin);
  if (slot != slots_.begin()) {
    const auto before = std::prev(slot);
    if (before->first + before->second.size > begin) slots_.erase(before);
  }
  while (slot != slots_.end() && slot->first < end) slot = slots_.erase(slot);
}

void Frame::store(std::int64_t at, std::uint32_t size, const Value& value) {
  forget(at, at + size);
  slots_[at] = {size, value};
}

Value Frame::load(std::int64_t at, std::uint32_t size, bool is_little_endian) const {
  auto slot = slots_.upper_bound(at);
  if (slot == slots_.begin()) return Value::of_bytes(size);
  --slot;
  const auto& [begin, found] = *slot;
  const std::int64_t end = begin + found.size;
  if (begin == at && found.size == size) return found.value;
  if (!found.value.is_constant() || at + size > end) return Value::of_bytes(size);
  const std::int64_t lower_bytes = is_little_endian ? at - begin : end - at - size;
  return Value::number(found.value.low >> (lower_bytes * 8) & Value::of_bytes(size).high);
}

Frame join(const Frame& a, const Frame& b) {
  Frame joined;
  joined.slots_ = combine(a.slots_, b.slots_, [](const Value& x, const Value& y) { return join(x, y); });
  return joined;
}

Frame widen(const Frame& before, const Frame& after) {
  Frame widened;
  widened.slots_ =
      combine(before.slots_, after.slots_, [](const Value& x, const Value& y) { return widen(x, y); });
  return widened;
}

State join(const State& a, const State& b) {
  return combine_states(a, b, [](const auto& x, const auto& y) { return join(x, y); });
}

State widen(const State& before, const State& after) {
  return combine_states(before, after, [](const auto& x, const auto& y) { return widen(x, y); });
}

void State::forget_stack() {
  for (Frame& frame : frames) frame = {};
}

Value State::load(const Value& address, std::int16_t offset, std::uint32_t size,
                  bool is_little_endian) const {
  if (address.kind == Value::Kind::stack && address.is_exact() && address.index < frames.size()) {
    return frames[address.index].load(static_cast<std::int64_t>(address.low) + offset, size,
                                      is_little_endian);
  }
  const bool may_be_stack = address.kind == Value::Kind::stack || address.kind == Value::Kind::any;
  return may_be_stack && size == 8 ? Value::any() : Value::of_bytes(size);
}

void State::store(const Value& address, std::int16_t offset, std::uint32_t size, const Value& value) {
  if (address.kind == Value::Kind::any) return forget_stack();
  if (address.kind != Value::Kind::stack || address.index >= frames.size()) return;
  const std::int64_t low = static_cast<std::int64_t>(address.low) + offset;
  if (address.is_exact()) {
    frames[address.index].store(low, size, value);
  } else {
    frames[address.index].forget(low, static_cast<std::int64_t>(address.high) + offset + size);
  }
}

void State::forget(const Value& address, std::uint32_t size) {
  if (address.kind == Value::Kind::any) return forget_stack();
  if (address.kind != Value::Kind::stack || address.index >= frames.size()) return;
  const auto high = static_cast<std::int64_t>(address.high);
  frames[address.index].forget(static_cast<std::int64_t>(address.low), size == 0 ? 0 : high + size);
}

}  // namespace bpfbuild::compat
