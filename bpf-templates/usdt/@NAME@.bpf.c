/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/usdt.bpf.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* Which probe that is, user space says when it attaches the program. */
SEC("usdt")
int on_probe(struct pt_regs* registers) {
  const __u32 process = bpf_get_current_pid_tgid() >> 32;
  if (settings.process != 0 && settings.process != process) return 0;
  char name[16];
  bpf_get_current_comm(name, sizeof(name));
  long argument = 0;
  bpf_usdt_arg(registers, 0, &argument);
  bpf_info("process '%s' (PID %d), argument %ld", name, process, argument);
  return 0;
}
