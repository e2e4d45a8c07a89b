/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* User space may say that it is another function, before it loads the program. Where it is always the same, BPF_PROG() of
 * <bpf/bpf_tracing.h> gives its arguments their types. */
SEC("fentry/@function@")
int on_call(void) {
  const __u32 process = bpf_get_current_pid_tgid() >> 32;
  if (settings.process != 0 && settings.process != process) return 0;
  char name[16];
  bpf_get_current_comm(name, sizeof(name));
  bpf_info("called by process '%s' (PID %d)", name, process);
  return 0;
}
