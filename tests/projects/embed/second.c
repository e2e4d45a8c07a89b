#include "count.skel.h"

const void* bytes_in_second(void);

const void* bytes_in_second(void) {
  size_t size = 0;
  return count_bpf__elf_bytes(&size);
}
