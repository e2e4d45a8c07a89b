#include "count.skel.h"

int counter_programs(void);

int counter_programs(void) {
  struct count_bpf* counter = count_bpf__open();
  int programs = 0;
  if (counter && bpf_object__next_program(counter->obj, NULL)) programs = 1;
  count_bpf__destroy(counter);
  return programs;
}
