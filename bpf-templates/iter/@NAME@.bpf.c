/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* Runs once for each task, and once more at the end. What it prints, user space reads. */
SEC("iter/task")
int on_task(struct bpf_iter__task* context) {
  struct task_struct* const task = context->task;
  if (context->meta->seq_num == 0) BPF_SEQ_PRINTF(context->meta->seq, "    PID  PARENT  NAME\n");
  if (!task) bpf_debug("there are %llu tasks", context->meta->seq_num);
  if (!task || task->pid != task->tgid) return 0;
  const int parent = task->real_parent->tgid;
  if (settings.parent == 0 || settings.parent == (__u32)parent)
    BPF_SEQ_PRINTF(context->meta->seq, "%7d %7d  %s\n", task->tgid, parent, task->comm);
  return 0;
}
