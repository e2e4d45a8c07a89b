#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct kept {
  int number;
  char letter;
};
struct kept value = {};

SEC("tracepoint/syscalls/sys_enter_execve")
int other(void* context) {
  (void)context;
  return value.number;
}
