#include "vm/architecture.hpp"

#include <elf.h>
#include <sys/utsname.h>

#include <algorithm>
#include <array>

// Of vm/embedded.cpp.
extern "C" const std::byte bpfbuild_init_x86[], bpfbuild_init_x86_end[];
extern "C" const std::byte bpfbuild_init_arm64[], bpfbuild_init_arm64_end[];
extern "C" const std::byte bpfbuild_init_s390[], bpfbuild_init_s390_end[];

namespace bpfbuild::vm {

namespace {

// The microvm machine of x86 would start faster, but hangs now and then. Of arm64's processors this one is
// emulated faster than those with pointer authentication. On a busy machine the timer of x86 may seem to be
// broken to a kernel that checks it.
const std::array architectures = {
    Architecture{"x86",
                 "x86_64",
                 "amd64",
                 EM_X86_64,
                 "qemu-system-x86_64",
                 "qemu-system-x86",
                 "ttyS0",
                 {"-machine", "q35", "-serial", "chardev:console"},
                 "max",
                 "no_timer_check"},
    Architecture{"arm64",
                 "aarch64",
                 "arm64",
                 EM_AARCH64,
                 "qemu-system-aarch64",
                 "qemu-system-arm",
                 "ttyAMA0",
                 {"-machine", "virt", "-serial", "chardev:console"},
                 "cortex-a72",
                 ""},
    Architecture{"s390",
                 "s390x",
                 "s390x",
                 EM_S390,
                 "qemu-system-s390x",
                 "qemu-system-misc",
                 "ttyS1",
                 {"-machine", "s390-ccw-virtio", "-device", "sclpconsole,chardev=console"},
                 "max",
                 ""},
};

const Architecture* find(auto fits) {
  const auto found = std::ranges::find_if(architectures, fits);
  return found == architectures.end() ? nullptr : &*found;
}

}  // namespace

const Architecture* find_architecture(std::string_view name) {
  return find([&](const Architecture& each) { return each.name == name; });
}

const Architecture* find_architecture(unsigned elf_machine) {
  return find([&](const Architecture& each) { return each.elf_machine == elf_machine; });
}

const Architecture* this_architecture() {
  utsname name{};
  ::uname(&name);
  return find([&](const Architecture& each) { return each.machine == name.machine; });
}

std::string architecture_names() {
  std::string names;
  for (const Architecture& each : architectures) {
    if (!names.empty()) names += &each == &architectures.back() ? " and " : ", ";
    names += each.machine;
  }
  return names;
}

std::span<const std::byte> init_program(const Architecture& architecture) {
  switch (architecture.elf_machine) {
    case EM_X86_64:
      return {bpfbuild_init_x86, bpfbuild_init_x86_end};
    case EM_AARCH64:
      return {bpfbuild_init_arm64, bpfbuild_init_arm64_end};
    default:
      return {bpfbuild_init_s390, bpfbuild_init_s390_end};
  }
}

}  // namespace bpfbuild::vm
