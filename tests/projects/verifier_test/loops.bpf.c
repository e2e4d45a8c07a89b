#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

SEC("socket")
int counter(struct __sk_buff* skb) {
  unsigned sum = skb->len;
  for (unsigned i = 0; i < ITERATIONS; ++i) {
    sum += bpf_get_prandom_u32();
    if (sum & 1) sum >>= 1;
  }
  return sum;
}

SEC("socket")
int constant(struct __sk_buff* skb) {
  return (int)skb->len;
}
