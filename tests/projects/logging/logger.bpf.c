#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include <bpfbuild/log.bpf.h>

char LICENSE[] SEC("license") = "GPL";

SEC("tc")
int logger(struct __sk_buff* skb) {
  char name[16];
  const unsigned char mac[6] = {1, 2, 3, 4, 5, 6};
  void* address = (void*)(long)skb->data;
  const char* pointer = name;
  bpf_get_current_comm(name, sizeof(name));
  bpf_error("nothing");
  bpf_warn("%d %u %x %c %hhu", 1, 2U, 3U, 'c', (unsigned char)4);
  bpf_info("%lld %llu %llx %ld", -1LL, 1ULL, 1ULL, 1L);
  bpf_debug("%s %s %s", name, pointer, bpf_log_user_string(pointer));
  bpf_trace("%p %px %ps %pB %pM %pI4 %pI6 %pI6c", address, address, address, address, mac, address, address, address);
  if (skb->len)
    bpf_info_ratelimited("a statement");
  else
    bpf_error_ratelimited("and another: %d %%", skb->len);
  return 0;
}
