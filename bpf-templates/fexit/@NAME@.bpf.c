/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* User space may say that it is another function, before it loads the program. Where it is always the same, BPF_PROG() of
 * <bpf/bpf_tracing.h> gives its arguments and its result their types. */
SEC("fexit/@function@")
int on_return(void* context) {
  const __u32 process = bpf_get_current_pid_tgid() >> 32;
  if (settings.process != 0 && settings.process != process) return 0;
  char name[16];
  bpf_get_current_comm(name, sizeof(name));
  __u64 result = 0;
  bpf_get_func_ret(context, &result);
  bpf_info("returned %lld to process '%s' (PID %d)", (long long)result, name, process);
  return 0;
}
