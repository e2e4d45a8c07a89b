/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { ignored }; /* what is returned has no meaning for these events */

/* Other events, such as round trips and retransmissions, come to programs that ask for them in the same way. */
SEC("sockops")
int on_event(struct bpf_sock_ops* context) {
  if (settings.port != 0 && context->local_port != settings.port) return ignored;
  __u32 address = context->remote_ip4;
  const __u32 port = bpf_ntohl(context->remote_port);
  switch (context->op) {
    case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
      bpf_info("connected to %pI4, port %u", &address, port);
      bpf_sock_ops_cb_flags_set(context, BPF_SOCK_OPS_STATE_CB_FLAG);
      break;
    case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
      bpf_info("connected from %pI4, port %u", &address, port);
      bpf_sock_ops_cb_flags_set(context, BPF_SOCK_OPS_STATE_CB_FLAG);
      break;
    case BPF_SOCK_OPS_STATE_CB:
      if (context->args[1] == BPF_TCP_CLOSE)
        bpf_info("closed: %llu bytes received, %llu sent", context->bytes_received, context->bytes_acked);
      break;
  }
  return ignored;
}
