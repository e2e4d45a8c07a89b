/* Has a map that no kernel knows, which keeps all its programs from being loaded. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
  __uint(type, 999);
  __uint(max_entries, 1);
  __type(key, unsigned int);
  __type(value, unsigned int);
} unknown SEC(".maps");

SEC("tc")
int uses_map(struct __sk_buff* skb) {
  unsigned int key = 0;
  return bpf_map_lookup_elem(&unknown, &key) != 0;
}

SEC("tc")
int uses_it_too(struct __sk_buff* skb) {
  return uses_map(skb);
}
