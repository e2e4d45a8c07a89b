#include <unistd.h>

#include "count.skel.h"

int counter_works(void);

/* Loading takes root. */
int counter_works(void) {
  struct count_bpf* counter = geteuid() == 0 ? count_bpf__open_and_load() : count_bpf__open();
  int works = counter != NULL;
  count_bpf__destroy(counter);
  return works;
}
