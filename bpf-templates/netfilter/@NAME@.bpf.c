/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { NF_DROP, NF_ACCEPT };

SEC("netfilter")
int see_packet(struct bpf_nf_ctx* context) {
  const struct sk_buff* const packet = context->skb;
  const unsigned char* const header = packet->head + packet->network_header;
  struct iphdr ip;
  struct udphdr udp;
  if (bpf_probe_read_kernel(&ip, sizeof(ip), header) != 0) return NF_ACCEPT;
  bpf_info_ratelimited("packet of %d bytes to %pI4, protocol %d", bpf_ntohs(ip.tot_len), &ip.daddr, ip.protocol);

  if (ip.protocol != IPPROTO_UDP) return NF_ACCEPT;
  if (bpf_probe_read_kernel(&udp, sizeof(udp), header + ip.ihl * 4) != 0) return NF_ACCEPT;
  if (settings.closed_port == 0 || udp.dest != bpf_htons(settings.closed_port)) return NF_ACCEPT;
  bpf_info_ratelimited("dropped a packet to %pI4, port %d", &ip.daddr, bpf_ntohs(udp.dest));
  return NF_DROP;
}
