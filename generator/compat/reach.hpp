/// Which instructions the verifier comes to, given what is known when a program is loaded: what CO-RE has put
/// into instructions, which kfuncs there are, and what constants hold.
///
/// The verifier goes every way by itself; here the ways are joined where they meet, which takes a fraction of
/// the time. So it may come to less than is told here, where a condition hangs on how another one went.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "compat/code.hpp"
#include "compat/state.hpp"

namespace bpfbuild::compat {

class Reach {
 public:
  /// What a symbol's address is that the kernel or the loader gives; and what those values hold that the
  /// loader knows before the program runs, as the kernel's version.
  struct Surroundings {
    std::function<Value(const object::Symbol&)> address;
    Value kernel_version = Value::unknown();
    /// Kernels before 6.8 verify global functions also when nothing calls them.
    bool verifies_uncalled_functions = true;
  };

  /// The section that addresses have which are the kernel's version's.
  static constexpr std::uint32_t version_section = ~std::uint32_t{0};

  /// `dead` are the instructions of which the verifier says no more than that they are wrong.
  Reach(const Code& code, const std::set<Position>& dead, Surroundings surroundings);

  /// Follows a program, and the functions that are verified with it.
  void enter(const Function& program);

  [[nodiscard]] bool comes_to(Position position) const {
    return position.section < reached_.size() && position.index < reached_[position.section].size() &&
           reached_[position.section][position.index];
  }

 private:
  class Walk;
  friend class Walk;

  void enter_with(const Function& function);
  void add_uncalled(const Function& function, std::set<const Function*>& seen);
  /// What holds when the function returns, with its frame still there; nothing if it does not.
  std::optional<State> call(const Function& function, State entry);

  const Code& code_;
  const std::set<Position>& dead_;
  Surroundings surroundings_;
  bool is_little_endian_;
  std::vector<std::vector<bool>> reached_;  // by section and instruction
  std::vector<const Function*> active_;     // that have called each other
  std::set<const Function*> verified_;      // by themselves
  std::vector<const Function*> to_verify_;
  std::map<const Function*, std::vector<std::pair<State, std::optional<State>>>> known_;  // results of calls
};

}  // namespace bpfbuild::compat
