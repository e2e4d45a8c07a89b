/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { TC_ACT_OK = 0, TC_ACT_SHOT = 2 };

SEC("tc")
int see_packet(struct __sk_buff* packet) {
  struct iphdr ip;
  struct udphdr udp;
  if (bpf_skb_load_bytes_relative(packet, 0, &ip, sizeof(ip), BPF_HDR_START_NET) != 0) return TC_ACT_OK;
  if (ip.version != 4) return TC_ACT_OK;
  bpf_info_ratelimited("packet of %d bytes to %pI4, protocol %d", bpf_ntohs(ip.tot_len), &ip.daddr, ip.protocol);

  if (ip.protocol != IPPROTO_UDP) return TC_ACT_OK;
  if (bpf_skb_load_bytes_relative(packet, ip.ihl * 4, &udp, sizeof(udp), BPF_HDR_START_NET) != 0) return TC_ACT_OK;
  if (settings.closed_port == 0 || udp.dest != bpf_htons(settings.closed_port)) return TC_ACT_OK;
  bpf_info_ratelimited("dropped a packet to %pI4, port %d", &ip.daddr, bpf_ntohs(udp.dest));
  return TC_ACT_SHOT;
}
