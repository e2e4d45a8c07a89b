#include "sharing.skel.h"

int main() {
  sharing_bpf* skeleton = sharing_bpf__open();
  if (!skeleton) return 1;
  sample& last = skeleton->bss->last;
  last.state = BUSY;
  sharing_bpf__destroy(skeleton);
}
