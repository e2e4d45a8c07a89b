/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { drop_copy }; /* of the packet for the socket, which nobody reads */

SEC("socket")
int see_packet(struct __sk_buff* packet) {
  struct iphdr ip;
  struct udphdr udp = {};
  if (bpf_skb_load_bytes_relative(packet, 0, &ip, sizeof(ip), BPF_HDR_START_NET) != 0) return drop_copy;
  if (ip.version != 4) return drop_copy;
  if (ip.protocol == IPPROTO_UDP)
    bpf_skb_load_bytes_relative(packet, ip.ihl * 4, &udp, sizeof(udp), BPF_HDR_START_NET);
  if (settings.port != 0 && udp.dest != bpf_htons(settings.port)) return drop_copy;
  bpf_info("packet of %d bytes from %pI4 to %pI4, protocol %d", bpf_ntohs(ip.tot_len), &ip.saddr, &ip.daddr,
           ip.protocol);
  return drop_copy;
}
