#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("socket")
int filter(struct __sk_buff* skb) {
#ifdef __TARGET_ARCH_x86
  return skb->len > 100;
#else
  return *(int*)(long)skb->len; /* not the one for this kernel */
#endif
}
