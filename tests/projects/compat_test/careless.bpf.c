#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

struct task {
  long state;
} __attribute__((preserve_access_index));

long state;

SEC("raw_tp/sys_enter")
int careless(void) {
  state = BPF_CORE_READ((struct task*)bpf_get_current_task(), state);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
