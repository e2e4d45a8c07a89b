/* Ends with 0 when the object loads, 3 when the kernel has BTF of its own. */
#include <stdio.h>

#include "kernels.h"
#include "pid.skel.h"

int main(void) {
  if (kernels_btf_of("1.2.5", "x86_64") || !kernels_btf_of("1.2.4-test", "x86_64")) return 1;
  const char* path = kernels_btf_path();
  if (!path && errno == 0) return 3;
  if (!path || path != kernels_btf_path()) {
    perror("kernels_btf_path");
    return 1;
  }
  struct bpf_object_open_opts options;
  memset(&options, 0, sizeof options);
  options.sz = sizeof options;
  options.btf_custom_path = path;
  struct pid_bpf* skeleton = pid_bpf__open_opts(&options);
  if (!skeleton || pid_bpf__load(skeleton) != 0 || pid_bpf__attach(skeleton) != 0) return 1;
  getppid();
  const int seen = skeleton->bss->tgid;
  pid_bpf__destroy(skeleton);
  return seen != 0 ? 0 : 1;
}
