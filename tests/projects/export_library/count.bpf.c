#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

int calls = 0;

SEC("tracepoint/syscalls/sys_enter_execve")
int count(void* context) {
  (void)context;
  calls++;
  return 0;
}
