/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { REFUSE, ALLOW };

/* SEC("cgroup/connect6") is for IPv6, and there is the same for bind(), sendmsg() and more. */
SEC("cgroup/connect4")
int on_connect(struct bpf_sock_addr* context) {
  __u32 address = context->user_ip4;
  const __u16 port = bpf_ntohs(context->user_port);
  bpf_info("connection to %pI4, port %d", &address, port);
  if (settings.port == 0 || port != settings.port) return ALLOW;
  context->user_port = bpf_htons(settings.new_port);
  bpf_info("redirected from port %d to port %d", port, settings.new_port);
  return ALLOW;
}
