#include "count.skel.h"

int main() {
  count_bpf* skeleton = count_bpf::open();
  if (!skeleton || skeleton->data->calls != 42) return 1;
  count_bpf::destroy(skeleton);
}
