/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* The program to be changed. What is to be replaced has to be a global function, and is not inlined. */
__attribute__((noinline)) int decide(struct xdp_md* packet) {
  volatile int verdict = XDP_PASS;
  return packet->data ? verdict : XDP_ABORTED;
}

SEC("xdp")
int see_packet(struct xdp_md* packet) { return decide(packet); }

/* Has the same arguments, and what they may do. */
SEC("freplace/decide")
int decide_otherwise(struct xdp_md* packet) {
  const int size = (int)((void*)(long)packet->data_end - (void*)(long)packet->data);
  bpf_info_ratelimited("the replacement sees a packet of %d bytes", size);
  return settings.drop ? XDP_DROP : XDP_PASS;
}
