#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

int calls = 0;

/* The other file has another function of this name. */
static __noinline int add(int a) { return a + calls; }

SEC("tracepoint/syscalls/sys_enter_execve")
int count(void* context) {
  (void)context;
  calls++;
  return add(1);
}
