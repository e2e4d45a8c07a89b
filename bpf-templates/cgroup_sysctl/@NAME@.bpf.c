/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { REFUSE, ALLOW };

SEC("cgroup/sysctl")
int on_sysctl(struct bpf_sysctl* context) {
  char name[64] = ""; /* 6.1 refuses it uninitialized */
  if (bpf_sysctl_get_name(context, name, sizeof(name), 0) < 0) return ALLOW;
  if (!context->write) {
    bpf_info("'%s' is read", name);
    return ALLOW;
  }
  if (!settings.read_only) {
    bpf_info("'%s' is written", name);
    return ALLOW;
  }
  bpf_info("'%s' may not be written", name);
  return REFUSE;
}
