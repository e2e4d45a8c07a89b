#include "second.h"

#include "of_target.h"

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 16);
  __type(key, int);
  __type(value, struct path);
} paths SEC(".maps");

SEC("tp_btf/sched_process_exec")
int second(unsigned long long* arguments) {
  struct task_struct* task = (struct task_struct*)arguments[0];
  return task->FIELD_OF_SECOND;
}
