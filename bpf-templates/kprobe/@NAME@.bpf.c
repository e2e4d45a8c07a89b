/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* Which function that is, user space says when it attaches the program. It may take a struct pt_regs*, of which
 * PT_REGS_PARM1() and so on of <bpf/bpf_tracing.h> are the arguments of the function. */
SEC("kprobe")
int on_call(void) {
  const __u32 process = bpf_get_current_pid_tgid() >> 32;
  if (settings.process != 0 && settings.process != process) return 0;
  char name[16];
  bpf_get_current_comm(name, sizeof(name));
  bpf_info("called by process '%s' (PID %d)", name, process);
  return 0;
}
