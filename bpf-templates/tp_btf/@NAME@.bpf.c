/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* The arguments are those of TP_PROTO() in the kernel, and are read as if they were the program's own memory. */
SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct* task, int old_process, struct linux_binprm* binary) {
  const __u32 user = (__u32)bpf_get_current_uid_gid();
  if (settings.user != ~0U && settings.user != user) return 0;
  bpf_info("process %d of user %u executes '%s'", task->tgid, user, binary->filename);
  return 0;
}
