/// The code of an object: functions, instructions, and what these refer to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compat/instruction.hpp"
#include "object/object.hpp"

namespace bpfbuild::compat {

/// An instruction: its section, and its number in it.
struct Position {
  std::size_t section = 0;
  std::size_t index = 0;

  auto operator<=>(const Position&) const = default;
};

struct Function {
  std::string name;
  Position begin;
  std::size_t end;                     // index behind the last instruction
  bool is_program;                     // rather than a function that programs call
  bool is_optional = false;            // a program that is loaded only if user space asks for it
  bool is_verified_by_itself = false;  // a global function, of which callers know nothing
};

class Code {
 public:
  explicit Code(const object::Object& object);

  [[nodiscard]] const std::vector<Function>& functions() const { return functions_; }
  [[nodiscard]] const Function* function_at(Position position) const;

  [[nodiscard]] Instruction* find(Position position);
  [[nodiscard]] const Instruction& operator[](Position position) const {
    return sections_[position.section][position.index];
  }

  /// The symbol that an instruction needs; nothing for most.
  [[nodiscard]] const object::Symbol* symbol_at(Position position) const;

  /// Where a call or the load of an address leads, when it is to a function of the object.
  [[nodiscard]] const Function* callee_at(Position position) const;

  [[nodiscard]] const object::Object& object() const { return *object_; }

 private:
  void add_functions();

  const object::Object* object_;
  std::vector<std::vector<Instruction>> sections_;  // by index; empty for what is no code
  std::vector<Function> functions_;                 // by position
  std::map<Position, std::size_t> symbols_;         // by the instruction that needs them
};

}  // namespace bpfbuild::compat
