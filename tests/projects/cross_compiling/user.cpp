#include <elf.h>

#include <cstring>

#include "arch.skel.h"

int registers(arch_bpf* skeleton) { return skeleton->data->registers; }

// Whether the program of one architecture holds the object for it, without libbpf, which there is none of.
int main() {
  std::size_t size = 0;
  const void* const bytes = arch_bpf__elf_bytes(&size);
  Elf64_Ehdr header{};
  if (size < sizeof header) return 1;
  std::memcpy(&header, bytes, sizeof header);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_machine != EM_BPF) return 2;
  if (header.e_ident[EI_DATA] != ELFDATA2LSB || header.e_shoff >= size) return 3;
  return 0;
}
