#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#ifndef PLAIN
int calls = 42;
#endif

SEC("tracepoint/syscalls/sys_enter_execve")
int count(void* context) {
  (void)context;
  return 0;
}
