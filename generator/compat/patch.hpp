/// What libbpf does to an instruction when it resolves a relocation; see bpf_core_patch_insn() of libbpf.
#pragma once

#include <string>

#include "compat/code.hpp"
#include "core/resolve.hpp"

namespace bpfbuild::compat {

enum class Patched {
  done,
  poisoned,  // the verifier refuses the instruction, if it comes to it
  refused,   // libbpf does not load the object
};

/// Puts the kernel's answer into the instruction. Unless it is `done`, `reason` says why not.
Patched patch(Code& code, Position position, const core::Resolution& resolution, std::string& reason);

}  // namespace bpfbuild::compat
