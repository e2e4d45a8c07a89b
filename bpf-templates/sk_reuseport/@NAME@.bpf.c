/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

struct {
  __uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
  __uint(max_entries, MOST_SOCKETS);
  __type(key, __u32);
  __type(value, __u64);
} sockets SEC(".maps");

/* The kernel's own choice would be another whenever a socket comes or goes. */
SEC("sk_reuseport")
int choose_socket(struct sk_reuseport_md* packet) {
  if (settings.sockets == 0) return SK_PASS;
  __u32 index = packet->hash % settings.sockets;
  if (bpf_sk_select_reuseport(packet, &sockets, &index, 0) == 0) bpf_info("%u bytes for socket %u", packet->len, index);
  return SK_PASS;
}
