#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

struct task {
  long state;
} __attribute__((preserve_access_index));
struct task___new {
  unsigned int __state;
} __attribute__((preserve_access_index));

long state;

SEC("raw_tp/sys_enter")
int careful(void) {
  void* task = (void*)bpf_get_current_task();
  if (bpf_core_field_exists(struct task, state)) {
    state = BPF_CORE_READ((struct task*)task, state);
  } else {
    state = BPF_CORE_READ((struct task___new*)task, __state);
  }
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
