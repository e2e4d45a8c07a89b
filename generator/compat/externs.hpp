/// Kfuncs and variables of the kernel that an object declares with __ksym.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compat/code.hpp"
#include "compat/kernel_types.hpp"
#include "compat/value.hpp"

namespace bpfbuild::compat {

struct Extern {
  enum class Kind { kfunc, variable, configuration };

  std::string name;
  Kind kind;
  bool is_weak;
  std::vector<Position> uses;  // instructions that need it
  bool is_known = true;        // whether types tell of it at all
  std::string reason;          // why the kernel has it not; empty if it has
};

/// Those that instructions need, and what the kernel's types say of them.
std::vector<Extern> find_externs(const Code& code, const KernelTypes& kernel);

/// What the address of one is to the verifier.
Value address_of(const Extern& symbol);

}  // namespace bpfbuild::compat
