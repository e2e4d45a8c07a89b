#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

char LICENSE[] SEC("license") = "GPL";

struct task_struct {
  int tgid;
} __attribute__((preserve_access_index));

int tgid = 0;

SEC("raw_tp/sys_enter")
int pid(void* context) {
  struct task_struct* task = (void*)bpf_get_current_task();
  (void)context;
  tgid = BPF_CORE_READ(task, tgid);
  return 0;
}
