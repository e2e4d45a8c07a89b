/// The architectures that guests can have, and QEMU's machines for them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bpfbuild::vm {

struct Architecture {
  std::string_view name;                  // the kernel's, as in __TARGET_ARCH_<name>
  std::string_view machine;               // as uname -m says it
  std::string_view debian;                // Debian\'s name
  unsigned elf_machine;                   // e_machine of its programs
  std::string_view qemu;                  // the program
  std::string_view package;               // Debian's, that has it
  std::string_view console;               // as the kernel calls it
  std::vector<std::string> qemu_machine;  // options for the machine, its console being chardev `console`
  std::string_view emulated_cpu;
  std::string_view kernel_arguments;
};

/// By the kernel's name; null for one that guests cannot have.
const Architecture* find_architecture(std::string_view name);
/// By e_machine of ELF.
const Architecture* find_architecture(unsigned elf_machine);
/// Of this machine; null when guests cannot have it.
const Architecture* this_architecture();

/// "x86_64, aarch64 and s390x"
std::string architecture_names();

/// init.cpp for the architecture, an ELF file. Empty when the build of this tool had no compiler for it.
std::span<const std::byte> init_program(const Architecture& architecture);

}  // namespace bpfbuild::vm
