#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include <bpfbuild/log.bpf.h>

char LICENSE[] SEC("license") = "GPL";

int values[4];

SEC("tc")
int logger(struct __sk_buff* skb) {
  bpf_info("packet of %d bytes", skb->len);
  bpf_debug("and more");
  return 0;
}

SEC("?tc")
int refused(struct __sk_buff* skb) {
  return values[skb->len];
}
