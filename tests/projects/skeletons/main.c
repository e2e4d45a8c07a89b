#include "count.skel.h"

int calls_in_part(const struct bpf_object* object);

int main(void) {
  struct count_bpf* skeleton = count_bpf__open();
  if (!skeleton || !skeleton->progs.count) return 1;
  skeleton->bss->calls = 42;
  return calls_in_part(skeleton->obj) == 42 ? 0 : 1;
}
