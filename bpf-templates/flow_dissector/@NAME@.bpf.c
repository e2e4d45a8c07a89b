/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { ETH_P_IP = 0x0800 };

/* What it does not handle, and returns BPF_DROP for, has no flow: other protocols, and packets with IP options. */
SEC("flow_dissector")
int dissect(struct __sk_buff* packet) {
  struct bpf_flow_keys* const keys = packet->flow_keys;
  struct iphdr ip;
  struct udphdr ports; /* at the same place in TCP */
  if (keys->n_proto != bpf_htons(ETH_P_IP)) return BPF_DROP;
  if (bpf_skb_load_bytes(packet, keys->nhoff, &ip, sizeof(ip)) != 0) return BPF_DROP;
  if (ip.ihl != 5 || (ip.protocol != IPPROTO_TCP && ip.protocol != IPPROTO_UDP)) return BPF_DROP;
  if (bpf_skb_load_bytes(packet, keys->nhoff + sizeof(ip), &ports, sizeof(ports)) != 0) return BPF_DROP;
  keys->addr_proto = ETH_P_IP;
  keys->ip_proto = ip.protocol;
  keys->thoff = keys->nhoff + sizeof(ip);
  keys->ipv4_src = ip.saddr;
  keys->ipv4_dst = ip.daddr;
  keys->sport = ports.source;
  keys->dport = ports.dest;
  if (settings.verbose)
    bpf_info("flow from %pI4, port %d, to %pI4, port %d", &ip.saddr, bpf_ntohs(ports.source), &ip.daddr,
             bpf_ntohs(ports.dest));
  return BPF_OK;
}
