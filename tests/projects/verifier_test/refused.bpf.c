#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

SEC("socket")
int wild(struct __sk_buff* skb) {
  return *(int*)(long)skb->len;
}
