#include <errno.h>
#include <stdio.h>

#include "count.lskel.h"

int main(void) {
  struct count_bpf* skeleton = count_bpf__open_and_load();
  if (!skeleton) {
    int error = errno;
    perror("load");
    return error == EPERM ? 77 : 1;
  }
  count_bpf__destroy(skeleton);
  return 0;
}
