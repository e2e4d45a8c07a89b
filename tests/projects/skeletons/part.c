/* A library that knows its own part of an object that somebody else has opened. */
#include "count.subskel.h"

int calls_in_part(const struct bpf_object* object) {
  struct count_bpf* part = count_bpf__open(object);
  int calls = part ? *part->bss.calls : -1;
  count_bpf__destroy(part);
  return calls;
}
