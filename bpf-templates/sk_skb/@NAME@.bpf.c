/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

struct connection {
  __u32 local_port, remote_port; /* as numbers */
};

struct {
  __uint(type, BPF_MAP_TYPE_SOCKHASH);
  __uint(max_entries, 65536);
  __type(key, struct connection);
  __type(value, __u64);
} sockets SEC(".maps");

/* Keeps the sockets of connections that the port takes. */
SEC("sockops")
int on_event(struct bpf_sock_ops* context) {
  if (context->op != BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB || context->local_port != settings.port) return 0;
  struct connection connection = {context->local_port, bpf_ntohl(context->remote_port)};
  bpf_sock_hash_update(context, &sockets, &connection, BPF_ANY);
  return 0;
}

/* The process that has the socket sees nothing of it. */
SEC("sk_skb/stream_verdict")
int on_data(struct __sk_buff* data) {
  struct connection connection = {data->local_port, bpf_ntohl(data->remote_port)};
  bpf_info("%u bytes go back to port %u", data->len, connection.remote_port);
  return bpf_sk_redirect_hash(data, &sockets, &connection, 0);
}
