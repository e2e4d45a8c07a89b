/// What is known when the verifier comes to an instruction: of registers, and of the stack.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "compat/value.hpp"

namespace bpfbuild::compat {

inline constexpr std::uint8_t frame_pointer = 10;

/// The stack of one function: values by their distance from its upper end, which is negative.
class Frame {
 public:
  void store(std::int64_t at, std::uint32_t size, const Value& value);
  [[nodiscard]] Value load(std::int64_t at, std::uint32_t size, bool is_little_endian) const;
  /// From here up to `end` anything may have been written, but no addresses of the stack.
  void forget(std::int64_t begin, std::int64_t end);

  friend Frame join(const Frame& a, const Frame& b);
  friend Frame widen(const Frame& before, const Frame& after);
  bool operator==(const Frame&) const = default;

 private:
  struct Slot {
    std::uint32_t size;
    Value value;
    bool operator==(const Slot&) const = default;
  };
  std::map<std::int64_t, Slot> slots_;
};

struct State {
  std::array<Value, frame_pointer> registers;
  std::vector<Frame> frames;  // of the functions that have called each other, the innermost last

  [[nodiscard]] Value at(std::uint8_t number) const {
    return number < frame_pointer
               ? registers[number]
               : Value{Value::Kind::stack, static_cast<std::uint32_t>(frames.size() - 1), 0, 0};
  }
  void set(std::uint8_t number, const Value& value) {
    if (number < frame_pointer) registers[number] = value;
  }

  [[nodiscard]] Value load(const Value& address, std::int16_t offset, std::uint32_t size,
                           bool is_little_endian) const;
  void store(const Value& address, std::int16_t offset, std::uint32_t size, const Value& value);
  /// What is at an address, or above it if the size is 0, has been written to.
  void forget(const Value& address, std::uint32_t size);
  void forget_stack();

  bool operator==(const State&) const = default;
};

/// Both have as many frames.
State join(const State& a, const State& b);
State widen(const State& before, const State& after);

}  // namespace bpfbuild::compat
