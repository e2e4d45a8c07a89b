/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* Which tracepoint that is, user space says when it attaches the program. It may take a struct bpf_raw_tracepoint_args*,
 * of which args[0] and so on are the arguments of the tracepoint as the kernel has them. */
SEC("raw_tracepoint")
int on_event(void) {
  const __u32 process = bpf_get_current_pid_tgid() >> 32;
  if (settings.process != 0 && settings.process != process) return 0;
  char name[16];
  bpf_get_current_comm(name, sizeof(name));
  bpf_info("process '%s' (PID %d)", name, process);
  return 0;
}
