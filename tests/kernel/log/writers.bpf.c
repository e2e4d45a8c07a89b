/* Programs that log much, nothing, and from several hooks. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include <bpfbuild/log.bpf.h>

char LICENSE[] SEC("license") = "GPL";

/* The mark says which record of which writer it is. */
SEC("tc")
int writer(struct __sk_buff* skb) {
  bpf_info("writer %u record %u", skb->mark >> 24, skb->mark & 0xffffff);
  return 0;
}

/* Puts into the ring buffer what no call has. */
SEC("tc")
int hostile(struct __sk_buff* skb) {
  char byte = 1;
  unsigned long long header[2] = {~0ULL, ~0ULL};
  bpf_ringbuf_output(&bpf_log, &byte, sizeof(byte), 0);
  bpf_ringbuf_output(&bpf_log, header, sizeof(header), 0);
  return skb->len;
}

/* The same with no call, with one that the level turns off, and with five. */
SEC("tc")
int silent(struct __sk_buff* skb) {
  return bpf_get_prandom_u32() + skb->len;
}

SEC("tc")
int one_disabled(struct __sk_buff* skb) {
  int result = bpf_get_prandom_u32();
  bpf_debug("%d %d", skb->len, skb->protocol);
  return result + skb->len;
}

SEC("tc")
int five_disabled(struct __sk_buff* skb) {
  bpf_trace("start of %d bytes", skb->len);
  int result = bpf_get_prandom_u32();
  bpf_debug("%d, protocol %d", result, skb->protocol);
  bpf_debug_ratelimited("mark %d", skb->mark);
  bpf_trace("%s, %d", "a string", 5);
  bpf_trace("end");
  return result + skb->len;
}

#undef BPF_LOG_MAX_LEVEL
#define BPF_LOG_MAX_LEVEL 3

SEC("tc")
int left_out(struct __sk_buff* skb) {
  int result = bpf_get_prandom_u32();
  bpf_debug("%d", result);
  return result + skb->len;
}
