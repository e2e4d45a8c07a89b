/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { NETKIT_NEXT = -1, NETKIT_PASS = 0, NETKIT_DROP = 2 }; /* NEXT leaves it to the programs behind this one */

SEC("tc")
int see_packet(struct __sk_buff* packet) {
  struct iphdr ip;
  struct udphdr udp;
  if (bpf_skb_load_bytes_relative(packet, 0, &ip, sizeof(ip), BPF_HDR_START_NET) != 0) return NETKIT_NEXT;
  if (ip.version != 4) return NETKIT_NEXT;
  bpf_info_ratelimited("packet of %d bytes to %pI4, protocol %d", bpf_ntohs(ip.tot_len), &ip.daddr, ip.protocol);

  if (ip.protocol != IPPROTO_UDP) return NETKIT_NEXT;
  if (bpf_skb_load_bytes_relative(packet, ip.ihl * 4, &udp, sizeof(udp), BPF_HDR_START_NET) != 0) return NETKIT_NEXT;
  if (settings.closed_port == 0 || udp.dest != bpf_htons(settings.closed_port)) return NETKIT_NEXT;
  bpf_info_ratelimited("dropped a packet to %pI4, port %d", &ip.daddr, bpf_ntohs(udp.dest));
  return NETKIT_DROP;
}
