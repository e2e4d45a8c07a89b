#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "steps.h"

char LICENSE[] SEC("license") = "GPL";

int calls = 0;

SEC("tracepoint/syscalls/sys_enter_execve")
int count(void* context) {
  (void)context;
  calls += STEP + generated() + later() + of_library() + later_of_library() + from_directory();
  return 0;
}
