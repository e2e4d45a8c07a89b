/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { LOCALHOST = 0x7f000001 };

struct connection {
  __u32 local_port, remote_port; /* as numbers */
};

struct {
  __uint(type, BPF_MAP_TYPE_SOCKHASH);
  __uint(max_entries, 65536);
  __type(key, struct connection);
  __type(value, __u64);
} sockets SEC(".maps");

/* Keeps the sockets of connections of this machine to itself. */
SEC("sockops")
int on_event(struct bpf_sock_ops* context) {
  if (context->op != BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB && context->op != BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB) return 0;
  if (context->remote_ip4 != bpf_htonl(LOCALHOST) || context->local_ip4 != bpf_htonl(LOCALHOST)) return 0;
  struct connection connection = {context->local_port, bpf_ntohl(context->remote_port)};
  if (settings.port == 0 || connection.local_port == settings.port || connection.remote_port == settings.port)
    bpf_sock_hash_update(context, &sockets, &connection, BPF_ANY);
  return 0;
}

SEC("sk_msg")
int on_message(struct sk_msg_md* message) {
  struct connection other_end = {bpf_ntohl(message->remote_port), message->local_port};
  bpf_info("%u bytes from port %u to port %u", message->size, other_end.remote_port, other_end.local_port);
  bpf_msg_redirect_hash(message, &sockets, &other_end, BPF_F_INGRESS);
  return SK_PASS; /* through the network stack, if the other end is not here */
}
