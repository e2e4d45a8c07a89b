/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { REFUSE, ALLOW };
enum { largest_value = 4096 };

/* SEC("cgroup/getsockopt") sees what is asked for, and may change the answer. */
SEC("cgroup/setsockopt")
int on_option(struct bpf_sockopt* context) {
  bpf_info("option %d of level %d", context->optname, context->level);
  /* Of larger values the program sees a part, which must not take the place of the whole. */
  if (context->optlen > largest_value) context->optlen = 0;
  if (settings.option == 0 || context->level != settings.level || context->optname != settings.option) return ALLOW;
  bpf_info("refused option %d of level %d", context->optname, context->level);
  return REFUSE;
}
