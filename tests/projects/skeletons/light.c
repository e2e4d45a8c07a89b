#include <errno.h>
#include <stdio.h>

#include "count.lskel.h"

int main(void) {
  struct count_bpf* skeleton = count_bpf__open_and_load();
  if (!skeleton) {
    perror("load");
    return errno == EPERM ? 77 : 1;
  }
  count_bpf__destroy(skeleton);
  return 0;
}
