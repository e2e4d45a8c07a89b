#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include <bpfbuild/log.bpf.h>

SEC("tc")
int logger(struct __sk_buff* skb) {
  bpf_info("%d", bpf_log_user_string(skb));
  return skb->len;
}
