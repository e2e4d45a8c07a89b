/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* The functions that the kernel calls, each with the arguments of its member in struct sched_ext_ops. */
SEC("struct_ops/enqueue")
void BPF_PROG(enqueue, struct task_struct* task, __u64 flags) {
  scx_bpf_dsq_insert(task, SCX_DSQ_GLOBAL, settings.slice, flags);
}

SEC("struct_ops/enable")
void BPF_PROG(enable, struct task_struct* task) {
  bpf_info_ratelimited("schedules '%s' (PID %d)", task->comm, task->pid);
}

SEC(".struct_ops")
struct sched_ext_ops first_come = {
    .enqueue = (void*)enqueue,
    .enable = (void*)enable,
    .name = "first_come",
};
