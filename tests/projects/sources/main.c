#include <unistd.h>

#include "count.skel.h"

/* Loading takes root. */
int main(void) {
  struct count_bpf* count = geteuid() == 0 ? count_bpf__open_and_load() : count_bpf__open();
  int works = count != NULL;
  count_bpf__destroy(count);
  return !works;
}
