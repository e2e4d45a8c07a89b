#include "vmlinux.h"

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

SEC("tp_btf/sched_process_fork")
int file(unsigned long long* arguments) { return ((struct task_struct*)arguments[0])->exit_code; }
