/// Modules' types and their kernel's as one.
#pragma once

#include <span>
#include <string>

#include "btf/sections.hpp"

namespace bpfbuild::btf {

/// Split BTF, and what to call it in messages.
struct Module {
  std::string name;
  Sections sections;
};

/// Appends the types of modules to those of the base that each of them continues. The first keeps its type
/// ids, those of the others move up. The result is BTF like any other, to be checked by parse().
///
/// Throws Error "NAME: type [ID]: WHAT" for a module that does not continue this base.
Sections join(const Sections& base, std::span<const Module> modules);

}  // namespace bpfbuild::btf
