#include "count.skel.h"

int main(void) {
  struct count_bpf* skeleton = count_bpf__open();
  count_bpf__destroy(skeleton);
  return skeleton ? 0 : 1;
}
