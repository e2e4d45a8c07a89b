#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "sample.h"

char LICENSE[] SEC("license") = "GPL";

struct sample last = {};

SEC("tracepoint/syscalls/sys_enter_execve")
int sharing(void* context) {
  (void)context;
  last.value++;
  return 0;
}
