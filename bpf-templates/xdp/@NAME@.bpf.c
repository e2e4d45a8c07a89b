/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { ETH_P_IP = 0x0800 };

SEC("xdp")
int see_packet(struct xdp_md* context) {
  const void* const end = (void*)(long)context->data_end;
  const struct ethhdr* const ethernet = (void*)(long)context->data;
  const struct iphdr* const ip = (void*)(ethernet + 1);
  if ((void*)(ip + 1) > end || ethernet->h_proto != bpf_htons(ETH_P_IP)) return XDP_PASS;
  bpf_info_ratelimited("packet of %d bytes from %pI4 to %pI4, protocol %d", (int)(end - (void*)ethernet), &ip->saddr,
                       &ip->daddr, ip->protocol);

  const struct udphdr* const udp = (void*)(ip + 1); /* of packets without IP options, which is nearly all */
  if (ip->protocol != IPPROTO_UDP || ip->ihl != 5 || (void*)(udp + 1) > end) return XDP_PASS;
  if (settings.closed_port == 0 || udp->dest != bpf_htons(settings.closed_port)) return XDP_PASS;
  bpf_info_ratelimited("dropped a packet from %pI4 to port %d", &ip->saddr, bpf_ntohs(udp->dest));
  return XDP_DROP;
}
