#include "count.skel.h"

int main() {
  count_bpf* skeleton = count_bpf::open();
  if (!skeleton || !skeleton->progs.count) return 1;
  count_bpf::destroy(skeleton);
}
