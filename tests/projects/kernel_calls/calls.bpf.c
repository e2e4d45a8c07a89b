#include "kernel.h"

#include <bpf/bpf_helpers.h>

#include "results.h"

char LICENSE[] SEC("license") = "GPL";

struct results results = {};
int watched_process = 0;

static int is_watched(void) { return bpf_get_current_pid_tgid() >> 32 == (__u64)watched_process; }

SEC("tracepoint/syscalls/sys_enter_openat")
int on_open(struct sys_enter_openat_args* ctx) {
  if (!is_watched()) return 0;
  results.directory = (int)ctx->dfd;
  results.flags = (int)ctx->flags;
  bpf_probe_read_user_str(results.opened, sizeof(results.opened), ctx->filename);
  return 0;
}

SEC("tracepoint/sched/sched_process_exec")
int on_exec(struct sched_process_exec_args* ctx) {
  if (!is_watched()) return 0;
  results.executed_by = ctx->pid;
  results.executed_size = BPFBUILD_DATA_LOC_SIZE(ctx, filename);
  bpf_probe_read_kernel_str(results.executed, sizeof(results.executed), BPFBUILD_DATA_LOC(ctx, filename));
  return 0;
}

SEC("syscall")
int call(void* ctx) {
  (void)ctx;
  struct task_struct* task = bpf_task_from_pid(watched_process);
  if (!task) return 1;
  results.tgid = task->tgid;
  bpf_task_release(task);

  struct bpf_iter_num iterator;
  bpf_iter_num_new(&iterator, 0, 5);
  for (int* number = bpf_iter_num_next(&iterator); number; number = bpf_iter_num_next(&iterator))
    results.sum += *number;
  bpf_iter_num_destroy(&iterator);
  return 0;
}
