/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

SEC("perf_event")
int on_sample(void) {
  const __u32 process = bpf_get_current_pid_tgid() >> 32;
  if (settings.process != 0 && settings.process != process) return 0;
  char name[16];
  bpf_get_current_comm(name, sizeof(name));
  bpf_info("CPU %d runs '%s' (PID %d)", bpf_get_smp_processor_id(), name, process);
  return 0;
}
