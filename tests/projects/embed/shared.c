#include "count.skel.h"

__attribute__((visibility("default"))) size_t bytes_in_library(void);

size_t bytes_in_library(void) {
  size_t size = 0;
  count_bpf__elf_bytes(&size);
  return size;
}
