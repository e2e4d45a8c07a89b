/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* Which tracepoint that is, user space says when it attaches the program. It may take a pointer to the arguments of the
 * tracepoint, to which TRACEPOINTS of bpf_generate_bindings() gives a type. */
SEC("tracepoint")
int on_event(void) {
  const __u32 process = bpf_get_current_pid_tgid() >> 32;
  if (settings.process != 0 && settings.process != process) return 0;
  char name[16];
  bpf_get_current_comm(name, sizeof(name));
  bpf_info("process '%s' (PID %d)", name, process);
  return 0;
}
