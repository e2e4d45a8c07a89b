/* Calls a kfunc that no kernel has. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

extern void no_such_kfunc(void) __ksym;

SEC("tc")
int calls_kfunc(struct __sk_buff* skb) {
  no_such_kfunc();
  return 0;
}
