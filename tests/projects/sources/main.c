#include "count.skel.h"

int main(void) {
  struct count_bpf* count = count_bpf__open();
  int has_program = count && count->progs.count;
  count_bpf__destroy(count);
  return !has_program;
}
