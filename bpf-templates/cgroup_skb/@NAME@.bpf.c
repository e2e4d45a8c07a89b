/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { DROP_PACKET, PASS_PACKET };

/* What the processes receive is SEC("cgroup_skb/ingress"). A packet begins with its IP header. */
SEC("cgroup_skb/egress")
int see_packet(struct __sk_buff* packet) {
  struct iphdr ip;
  struct udphdr udp;
  if (bpf_skb_load_bytes(packet, 0, &ip, sizeof(ip)) != 0 || ip.version != 4) return PASS_PACKET;
  bpf_info_ratelimited("packet of %d bytes to %pI4, protocol %d", bpf_ntohs(ip.tot_len), &ip.daddr, ip.protocol);

  if (ip.protocol != IPPROTO_UDP || bpf_skb_load_bytes(packet, ip.ihl * 4, &udp, sizeof(udp)) != 0) return PASS_PACKET;
  if (settings.closed_port == 0 || udp.dest != bpf_htons(settings.closed_port)) return PASS_PACKET;
  bpf_info_ratelimited("dropped a packet to %pI4, port %d", &ip.daddr, bpf_ntohs(udp.dest));
  return DROP_PACKET;
}
