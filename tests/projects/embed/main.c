#include <stdint.h>

#include "count.skel.h"
#include "plain.skel.h"

size_t bytes_in_library(void);
const void* bytes_in_second(void);

int main(void) {
  struct count_bpf* skeleton = count_bpf__open();
  struct plain_bpf* plain = plain_bpf__open();
  if (!skeleton || !skeleton->progs.count || skeleton->data->calls != 42 || !plain) return 1;
  count_bpf__destroy(skeleton);
  plain_bpf__destroy(plain);

  size_t size = 0;
  const void* bytes = count_bpf__elf_bytes(&size);
  return bytes == bytes_in_second() && size == bytes_in_library() && (uintptr_t)bytes % 8 == 0 ? 0 : 1;
}
