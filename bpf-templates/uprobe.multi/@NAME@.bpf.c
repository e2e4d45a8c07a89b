/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* Which functions these are, user space says when it attaches the program, to all of them at once. It gives each a number,
 * the cookie. libbpf before 1.3 does not know of such programs, so user space also says that this is one. */
SEC("uprobe")
int on_call(struct pt_regs* registers) {
  const __u32 process = bpf_get_current_pid_tgid() >> 32;
  if (settings.process != 0 && settings.process != process) return 0;
  char name[16];
  bpf_get_current_comm(name, sizeof(name));
  bpf_info("function %lld is called by process '%s' (PID %d)", bpf_get_attach_cookie(registers), name, process);
  return 0;
}
