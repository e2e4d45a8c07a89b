#include <unistd.h>

#include "count.skel.h"
#include "embedded_count.skel.h"

int counter_works(void);

/* Loading takes root. */
int counter_works(void) {
  int is_root = geteuid() == 0;
  struct count_bpf* counter = is_root ? count_bpf__open_and_load() : count_bpf__open();
  struct embedded_count_bpf* embedded = is_root ? embedded_count_bpf__open_and_load() : embedded_count_bpf__open();
  int works = counter != NULL && embedded != NULL;
  count_bpf__destroy(counter);
  embedded_count_bpf__destroy(embedded);
  return works;
}
