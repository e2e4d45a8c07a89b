#include "compat/reach.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace bpfbuild::compat {

namespace {

/// How often what is known somewhere may change before it is given up.
constexpr int patience = 3, end_of_patience = 12;
/// Ways to call a function that are told from each other, and how deep calls go.
constexpr std::size_t most_entries = 64, deepest_call = 8;

/// Helpers that call a function of the program: which argument of theirs is handed to which of its own.
struct Callback {
  std::int32_t helper;
  std::uint8_t argument, parameter;
};
constexpr Callback callbacks[] = {{164, 3, 4},   // bpf_for_each_map_elem
                                  {180, 4, 3},   // bpf_find_vma
                                  {181, 3, 2},   // bpf_loop
                                  {209, 3, 2}};  // bpf_user_ringbuf_drain

State entry_state(std::vector<Frame> frames = {}) {
  State state;
  state.frames = std::move(frames);
  state.frames.emplace_back();
  return state;
}

void forget_arguments(State& state) {
  for (std::uint8_t number = 1; number <= 5; ++number) state.set(number, Value::unknown());
}

}  // namespace

/// One pass through a function, from what is known when it is entered. Long, for it is all instructions that
/// there are.
class Reach::Walk {
 public:
  Walk(Reach& reach, const Function& function) : reach_(reach), function_(function) { find_targets(); }

  std::optional<State> run(State entry) {
    arrive(function_.begin.index, std::move(entry));
    while (!waiting_.empty()) {
      const std::size_t start = *waiting_.begin();
      waiting_.erase(waiting_.begin());
      follow(start, places_.at(start).state);
    }
    return exit_;
  }

 private:
  struct Place {
    State state;
    int changes = 0;
  };

  [[nodiscard]] Position position(std::size_t index) const { return {function_.begin.section, index}; }
  [[nodiscard]] const Instruction& at(std::size_t index) const { return reach_.code_[position(index)]; }

  [[nodiscard]] static std::int64_t distance(const Instruction& jump) {
    const bool is_long = jump.klass() == op::jmp32 && jump.operation() == op::ja;
    return is_long ? jump.immediate : jump.offset;
  }

  void find_targets() {
    for (std::size_t i = function_.begin.index; i < function_.end; ++i) {
      const Instruction& each = at(i);
      if (each.is_load_imm64()) ++i;
      if (!each.is_jump() || each.is_call() || each.is_exit()) continue;
      targets_.insert(i + 1 + static_cast<std::size_t>(distance(each)));
    }
  }

  /// Joins what is known with what was known at the place before.
  void arrive(std::size_t index, State state) {
    if (index < function_.begin.index || index >= function_.end) return;
    const auto [found, is_new] = places_.try_emplace(index);
    Place& place = found->second;
    if (is_new) {
      place.state = std::move(state);
    } else {
      State joined = join(place.state, state);
      if (joined == place.state) return;
      ++place.changes;
      if (place.changes > patience) joined = widen(place.state, joined);
      if (place.changes > end_of_patience) {
        joined.registers.fill(Value::any());
        joined.forget_stack();
      }
      if (joined == place.state) return;
      place.state = std::move(joined);
    }
    waiting_.insert(index);
  }

  /// Goes on until ways part or meet.
  void follow(std::size_t index, State state) {
    for (bool is_first = true; index < function_.end; is_first = false) {
      if (!is_first && targets_.count(index) != 0) return arrive(index, std::move(state));
      reach_.reached_[function_.begin.section][index] = true;
      const Instruction& instruction = at(index);
      if (instruction.is_exit()) {
        exit_ = exit_ ? join(*exit_, state) : std::move(state);
        return;
      }
      if (instruction.is_jump() && !instruction.is_call()) return jump(index, state);
      if (!step(index, instruction, state)) return;
      index += instruction.is_load_imm64() ? 2 : 1;
    }
  }

  void jump(std::size_t index, const State& state) {
    const Instruction& jump = at(index);
    const std::size_t target = index + 1 + static_cast<std::size_t>(distance(jump));
    if (jump.operation() == op::ja) {
      if (!jump.has_register_source()) return arrive(target, state);
      // Through a table: to any place of the function.
      State anything = state;
      anything.registers.fill(Value::any());
      anything.forget_stack();
      for (std::size_t i = function_.begin.index; i < function_.end; ++i) arrive(i, anything);
      return;
    }
    const Value left = state.at(jump.destination);
    const Value right = jump.has_register_source()
                            ? state.at(jump.source)
                            : Value::number(static_cast<std::uint64_t>(std::int64_t{jump.immediate}));
    const Ways ways = decide(jump, left, right);
    const auto go = [&](std::size_t to, bool jumped) {
      State narrowed = state;
      if (jump.operation() != op::jcond) narrowed.set(jump.destination, narrow(jump, jumped, left, right));
      arrive(to, std::move(narrowed));
    };
    if (ways.jumps) go(target, true);
    if (ways.falls_through) go(index + 1, false);
  }

  /// Whether anything follows.
  bool step(std::size_t index, const Instruction& instruction, State& state) {
    if (reach_.dead_.count(position(index)) != 0) {
      if (instruction.is_call()) forget_arguments(state);
      state.set(instruction.is_call() ? 0 : instruction.destination, Value::unknown());
      return true;
    }
    switch (instruction.klass()) {
      case op::alu:
      case op::alu64: {
        const Value source =
            instruction.has_register_source()
                ? state.at(instruction.source)
                : Value::number(static_cast<std::uint64_t>(std::int64_t{instruction.immediate}));
        state.set(instruction.destination, calculate(instruction, state.at(instruction.destination), source,
                                                     reach_.is_little_endian_));
        return true;
      }
      case op::ld:
        load_constant(index, instruction, state);
        return true;
      case op::ldx:
        state.set(instruction.destination, load(instruction, state));
        return true;
      case op::st:
      case op::stx:
        store(instruction, state);
        return true;
      default:
        return call(index, instruction, state);
    }
  }

  void load_constant(std::size_t index, const Instruction& instruction, State& state) {
    if (!instruction.is_load_imm64()) {  // of a packet, which is a call in its effects
      forget_arguments(state);
      return state.set(0, Value::unknown());
    }
    const std::uint64_t low = static_cast<std::uint32_t>(instruction.immediate);
    const object::Symbol* const symbol = reach_.code_.symbol_at(position(index));
    if (symbol == nullptr) {
      const std::uint64_t high =
          index + 1 < function_.end ? static_cast<std::uint32_t>(at(index + 1).immediate) : 0;
      return state.set(instruction.destination, Value::number(high << 32 | low));
    }
    if (symbol->section == 0)
      return state.set(instruction.destination, reach_.surroundings_.address(*symbol));
    if (const Function* const function = reach_.code_.callee_at(position(index))) {
      return state.set(instruction.destination,
                       {Value::Kind::function, static_cast<std::uint32_t>(function->begin.section),
                        function->begin.index, function->begin.index});
    }
    if (symbol->section >= reach_.code_.object().sections.size()) {
      return state.set(instruction.destination, Value::unknown());
    }
    const std::uint64_t offset = symbol->offset + low;
    state.set(instruction.destination,
              {Value::Kind::data, static_cast<std::uint32_t>(symbol->section), offset, offset});
  }

  [[nodiscard]] Value load(const Instruction& instruction, const State& state) const {
    const Value address = state.at(instruction.source);
    const std::uint32_t size = instruction.access_size();
    Value value = address.kind == Value::Kind::data
                      ? load_data(address, instruction.offset, size)
                      : state.load(address, instruction.offset, size, reach_.is_little_endian_);
    if (instruction.mode() != op::memsx) return value;
    if (!value.is_constant()) return Value::unknown();
    const unsigned unused = 64 - size * 8;
    return Value::number(
        static_cast<std::uint64_t>(static_cast<std::int64_t>(value.low << unused) >> unused));
  }

  /// The loader freezes sections of constants before it loads programs, so the verifier takes what is in them
  /// for known.
  [[nodiscard]] Value load_data(const Value& address, std::int16_t offset, std::uint32_t size) const {
    if (!address.is_exact()) return Value::of_bytes(size);
    const std::uint64_t at = address.low + static_cast<std::uint64_t>(std::int64_t{offset});
    if (address.index == version_section) {
      return at == 0 && size == 4 ? reach_.surroundings_.kernel_version : Value::of_bytes(size);
    }
    const object::Section& section = reach_.code_.object().sections[address.index];
    const bool is_constant = section.name == ".rodata" || section.name.starts_with(".rodata.");
    if (!is_constant || at > section.bytes.size() || section.bytes.size() - at < size) {
      return Value::of_bytes(size);
    }
    std::uint64_t value = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint64_t byte = reach_.is_little_endian_ ? at + size - 1 - i : at + i;
      value = value << 8 | std::to_integer<std::uint64_t>(section.bytes[byte]);
    }
    return Value::number(value);
  }

  static void store(const Instruction& instruction, State& state) {
    const Value address = state.at(instruction.destination);
    const std::uint32_t size = instruction.access_size();
    if (instruction.klass() == op::stx && instruction.mode() == op::atomic) {
      constexpr std::int32_t fetches = 1, compares_and_exchanges = 0xf1;
      state.store(address, instruction.offset, size, Value::of_bytes(size));
      if (instruction.immediate == compares_and_exchanges) {
        state.set(0, Value::unknown());
      } else if ((instruction.immediate & fetches) != 0) {
        state.set(instruction.source, Value::unknown());
      }
      return;
    }
    Value value = instruction.klass() == op::st
                      ? Value::number(static_cast<std::uint64_t>(std::int64_t{instruction.immediate}))
                      : state.at(instruction.source);
    if (size < 8) {
      const Value all = Value::of_bytes(size);
      if (value.is_constant()) {
        value = Value::number(value.low & all.high);
      } else if (!value.is_number() || value.high > all.high) {
        value = all;
      }
    }
    state.store(address, instruction.offset, size, value);
  }

  bool call(std::size_t index, const Instruction& instruction, State& state) {
    const Function* const function = reach_.code_.callee_at(position(index));
    const bool is_direct = static_cast<Callee>(instruction.source) == Callee::function && function != nullptr;
    if (is_direct && !function->is_verified_by_itself) {
      State entry = entry_state(state.frames);
      for (std::uint8_t number = 1; number <= 5; ++number) entry.set(number, state.at(number));
      std::optional<State> result = reach_.call(*function, std::move(entry));
      if (!result) return false;
      const Value returned = result->at(0);
      result->frames.pop_back();
      state.frames = std::move(result->frames);
      forget_arguments(state);
      state.set(0, returned);
      return true;
    }
    if (is_direct) reach_.to_verify_.push_back(function);
    call_back(instruction, state);
    forget_what_is_written(state);
    forget_arguments(state);
    state.set(0, Value::unknown());
    return true;
  }

  /// Functions of the program that are handed to what is called; these may be called any number of times.
  void call_back(const Instruction& instruction, State& state) {
    const bool is_helper = static_cast<Callee>(instruction.source) == Callee::helper;
    for (std::uint8_t number = 1; number <= 5; ++number) {
      const Value argument = state.at(number);
      if (argument.kind != Value::Kind::function) continue;
      const Function* const function = reach_.code_.function_at({argument.index, argument.low});
      if (function == nullptr) continue;
      for (int round = 0;; ++round) {
        State entry = entry_state(state.frames);
        for (const Callback& callback : callbacks) {
          if (is_helper && callback.helper == instruction.immediate) {
            entry.set(callback.parameter, state.at(callback.argument));
          }
        }
        std::optional<State> result = reach_.call(*function, std::move(entry));
        if (!result) break;
        result->frames.pop_back();
        State after = state;
        after.frames = std::move(result->frames);
        State joined = join(state, after);
        if (round > patience) joined = widen(state, joined);
        if (round > end_of_patience) joined.forget_stack();
        if (joined == state) break;
        state = std::move(joined);
      }
    }
  }

  /// What is called may write wherever an argument points to: as much as the next argument says, else all
  /// that is above. Variables lie above what the compiler has put aside from registers.
  static void forget_what_is_written(State& state) {
    constexpr std::uint64_t largest_size = 512;
    for (std::uint8_t number = 1; number <= 5; ++number) {
      const Value next = number < 5 ? state.at(number + 1) : Value::unknown();
      const bool has_size = next.is_constant() && next.low <= largest_size;
      state.forget(state.at(number), has_size ? static_cast<std::uint32_t>(next.low) : 0);
    }
  }

  Reach& reach_;
  const Function& function_;
  std::set<std::size_t> targets_;  // of jumps
  std::map<std::size_t, Place> places_;
  std::set<std::size_t> waiting_;  // places of which more is known than when they were last left
  std::optional<State> exit_;
};

Reach::Reach(const Code& code, const std::set<Position>& dead, Surroundings surroundings)
    : code_(code),
      dead_(dead),
      surroundings_(std::move(surroundings)),
      is_little_endian_((std::endian::native == std::endian::little) != code.object().foreign_byte_order) {
  for (std::size_t i = 0; i < code.object().sections.size(); ++i) {
    reached_.emplace_back(code.object().sections[i].bytes.size() / instruction_size);
  }
}

void Reach::enter(const Function& program) {
  enter_with(program);
  std::set<const Function*> seen;
  if (surroundings_.verifies_uncalled_functions) add_uncalled(program, seen);
  while (!to_verify_.empty()) {
    const Function* const function = to_verify_.back();
    to_verify_.pop_back();
    if (verified_.insert(function).second) enter_with(*function);
  }
}

void Reach::enter_with(const Function& function) { call(function, entry_state()); }

/// libbpf puts behind a program every function that an instruction of it names.
void Reach::add_uncalled(const Function& function, std::set<const Function*>& seen) {
  if (!seen.insert(&function).second) return;
  for (std::size_t i = function.begin.index; i < function.end; ++i) {
    const Position position{function.begin.section, i};
    const Instruction& instruction = code_[position];
    const bool is_call = instruction.is_call() && static_cast<Callee>(instruction.source) == Callee::function;
    if (!is_call && !instruction.is_load_imm64()) continue;
    if (const Function* const callee = code_.callee_at(position)) {
      if (callee->is_verified_by_itself) to_verify_.push_back(callee);
      add_uncalled(*callee, seen);
    }
  }
}

std::optional<State> Reach::call(const Function& function, State entry) {
  auto& known = known_[&function];
  if (known.size() >= most_entries) {
    // Anything at all, which answers for whatever else comes.
    entry.registers.fill(Value::any());
    entry.forget_stack();
  }
  for (const auto& [state, result] : known) {
    if (state == entry) return result;
  }
  const bool calls_itself = std::find(active_.begin(), active_.end(), &function) != active_.end();
  if (calls_itself || active_.size() >= deepest_call) return entry;  // which no verifier takes
  active_.push_back(&function);
  std::optional<State> result = Walk(*this, function).run(entry);
  active_.pop_back();
  known.emplace_back(std::move(entry), result);
  return result;
}

}  // namespace bpfbuild::compat
