#include "compat/patch.hpp"

#include <limits>
#include <optional>

#include "support/format.hpp"

namespace bpfbuild::compat {

namespace {

using core::Answer;

/// Sizes that a load or a store can have, as bits of its code.
std::optional<std::uint8_t> size_bits(std::uint32_t bytes) {
  switch (bytes) {
    case 1:
      return 0x10;
    case 2:
      return 0x08;
    case 4:
      return 0x00;
    case 8:
      return 0x18;
    default:
      return std::nullopt;
  }
}

std::uint64_t extended(std::int64_t value) { return static_cast<std::uint64_t>(value); }

class Patch {
 public:
  Patch(const core::Resolution& resolution, std::string& reason)
      : before_(resolution.before), now_(resolution.now), resolution_(resolution), reason_(reason) {}

  Patched apply(Instruction& instruction, Instruction* next) {
    switch (instruction.klass()) {
      case op::alu:
      case op::alu64:
        if (instruction.has_register_source()) return refuse_form();
        if (!expects(extended(instruction.immediate))) return Patched::refused;
        instruction.immediate = static_cast<std::int32_t>(now_.value);
        return Patched::done;
      case op::ldx:
      case op::st:
      case op::stx:
        return apply_to_access(instruction);
      default:
        return apply_to_constant(instruction, next);
    }
  }

 private:
  Patched refuse_form() {
    reason_ = "its instruction is none that CO-RE can relocate";
    return Patched::refused;
  }

  /// Whether the instruction holds what the object's own types say.
  bool expects(std::uint64_t found) {
    if (!before_.is_exact || found == before_.value) return true;
    reason_ = format("its instruction has {}, and the object's types say {}", found, before_.value);
    return false;
  }

  Patched apply_to_access(Instruction& instruction) {
    if (!expects(extended(instruction.offset))) return Patched::refused;
    if (now_.value > std::numeric_limits<std::int16_t>::max()) {
      reason_ = format("its offset {} is too large for one instruction", now_.value);
      return Patched::refused;
    }
    if (!resolution_.can_be_resized) {
      reason_ = format("has {} bytes for {}, which only a pointer or an unsigned integer may",
                       now_.access_size, before_.access_size);
      return Patched::poisoned;
    }
    instruction.offset = static_cast<std::int16_t>(now_.value);
    if (now_.access_size == before_.access_size) return Patched::done;
    const auto bits = size_bits(now_.access_size);
    if (instruction.access_size() != before_.access_size || !bits) {
      reason_ =
          format("has {} bytes, which cannot be read where {} were", now_.access_size, before_.access_size);
      return Patched::refused;
    }
    constexpr std::uint8_t all_size_bits = 0x18;
    instruction.code = static_cast<std::uint8_t>((instruction.code & ~all_size_bits) | *bits);
    return Patched::done;
  }

  Patched apply_to_constant(Instruction& instruction, Instruction* next) {
    const bool is_plain = instruction.is_load_imm64() && instruction.source == 0 && instruction.offset == 0 &&
                          next != nullptr && next->code == 0 && next->destination == 0 && next->source == 0 &&
                          next->offset == 0;
    if (!is_plain) return refuse_form();
    const std::uint64_t high = static_cast<std::uint32_t>(next->immediate);
    if (!expects(high << 32 | static_cast<std::uint32_t>(instruction.immediate))) return Patched::refused;
    instruction.immediate = static_cast<std::int32_t>(now_.value);
    next->immediate = static_cast<std::int32_t>(now_.value >> 32);
    return Patched::done;
  }

  const Answer& before_;
  const Answer& now_;
  const core::Resolution& resolution_;
  std::string& reason_;
};

}  // namespace

Patched patch(Code& code, Position position, const core::Resolution& resolution, std::string& reason) {
  reason = resolution.reason;
  if (resolution.state == core::Resolution::State::refused) return Patched::refused;
  Instruction* const instruction = code.find(position);
  if (instruction == nullptr) {
    reason = "its instruction is not there";
    return Patched::refused;
  }
  if (resolution.state == core::Resolution::State::missing) return Patched::poisoned;
  return Patch(resolution, reason).apply(*instruction, code.find({position.section, position.index + 1}));
}

}  // namespace bpfbuild::compat
