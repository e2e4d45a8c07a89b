/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

struct {
  __uint(type, BPF_MAP_TYPE_SOCKMAP);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} server SEC(".maps");

/* A socket that is bound to the port itself is not asked any more. */
SEC("sk_lookup")
int on_connection(struct bpf_sk_lookup* context) {
  if (context->local_port < settings.first_port || context->local_port > settings.last_port) return SK_PASS;
  const __u32 index = 0;
  struct bpf_sock* const socket = bpf_map_lookup_elem(&server, &index);
  if (!socket) return SK_PASS;
  if (bpf_sk_assign(context, socket, 0) == 0) bpf_info("connection to port %u", context->local_port);
  bpf_sk_release(socket);
  return SK_PASS;
}
