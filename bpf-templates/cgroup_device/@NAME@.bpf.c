/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { REFUSE, ALLOW };
enum { CHARACTER_DEVICE = 2 };
enum { MAKE = 1, READ = 2, WRITE = 4 };

SEC("cgroup/dev")
int on_device(struct bpf_cgroup_dev_ctx* context) {
  const char type = (context->access_type & 0xffff) == CHARACTER_DEVICE ? 'c' : 'b';
  const __u32 access = context->access_type >> 16;
  char rights[] = "mrw";
  if (!(access & MAKE)) rights[0] = '-';
  if (!(access & READ)) rights[1] = '-';
  if (!(access & WRITE)) rights[2] = '-';
  bpf_info("device %c %u:%u, %s", type, context->major, context->minor, rights);
  if (context->major != settings.major || context->minor != settings.minor) return ALLOW;
  bpf_info("refused device %c %u:%u", type, context->major, context->minor);
  return REFUSE;
}
