#include "count.skel.h"
#include "other.skel.h"

int main(void) {
  struct count_bpf* count = count_bpf__open();
  struct other_bpf* other = other_bpf__open();
  const calls_type calls = 0; /* of other.types.h */
  return calls == 0 && count && other && count->progs.count ? 0 : 1;
}
