#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

int calls = 0;
const char table[2000] = {1, 2, 3};

SEC("tracepoint/syscalls/sys_enter_execve")
int count(void* context) {
  return table[++calls % sizeof(table)] + (context == 0);
}
