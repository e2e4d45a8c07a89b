#include "arch-arm64.skel.h"
#include "arch.skel.h"

int main() {
  arch_bpf* x86 = arch_bpf__open();
  arch_arm64_bpf* arm64 = arch_arm64_bpf__open();
  bool right = x86 && arm64 && x86->data->architecture == 86 && arm64->data->architecture == 64;
  arch_bpf__destroy(x86);
  arch_arm64_bpf__destroy(arm64);
  return right ? 0 : 1;
}
