/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* Which function that is, user space says when it attaches the program. */
SEC("uretprobe")
int on_return(struct pt_regs* registers) {
  const __u32 process = bpf_get_current_pid_tgid() >> 32;
  if (settings.process != 0 && settings.process != process) return 0;
  char name[16];
  bpf_get_current_comm(name, sizeof(name));
  bpf_info("returned %lld to process '%s' (PID %d)", (long long)PT_REGS_RC(registers), name, process);
  return 0;
}
