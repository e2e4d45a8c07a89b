/* A call of every level and format; user space runs the programs by bpf_prog_test_run(). */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include <bpfbuild/log.bpf.h>

#include "shared.h"

char LICENSE[] SEC("license") = "GPL";

const volatile unsigned long long function_address = 0;
const volatile unsigned long long user_string = 0;
char name_in_map[24] = "from a map";

SEC("tc")
int levels(struct __sk_buff* skb) {
  bpf_error("an error");
  bpf_warn("a warning");
  bpf_info("information of %d bytes", skb->len);
  bpf_debug("debugging");
  bpf_trace("a trace\n");
  return 0;
}

SEC("tc")
int numbers(struct __sk_buff* skb) {
  short small = -5;
  unsigned char byte = 250;
  bpf_info("%d %i %u %x %X %o %c %%", -1, -2, 4000000000U, 0xabcU, 0xabcU, 8U, 'c');
  bpf_info("%ld %lu %lx %lld %llu %llx", -3L, 3UL, 0xfffffffffUL, -4LL, 1ULL << 63, ~0ULL);
  bpf_info("%hd %hhu %d %d", small, byte, small, byte);
  bpf_info("[%5d] [%-5d] [%05d] [%+d] [%#x] [%8.3s]", 42, 42, 42, 42, 42U, "abcdef");
  bpf_info("%d %d %d %d %d %d %d %d %d %d %d %d", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  bpf_info("none");
  return 0;
}

SEC("tc")
int pointers(struct __sk_buff* skb) {
  unsigned int address = bpf_htonl_constant(0xc0a80001);
  unsigned char mac[6] = {0, 0x1b, 0x21, 0xab, 0xcd, 0xef};
  unsigned char address6[16] = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  char text[16] = "sixteen bytes ok";
  char long_text[200] = "long";
  const char* in_map = name_in_map;
  bpf_info("%pI4 %pM %pMR", &address, mac, &mac[0]);
  bpf_info("%pI6 %pI6c", address6, &address6[0]);
  bpf_info("%s|%s|%s|%s|%s", text, in_map, name_in_map, "literal", long_text);
  bpf_info("%p %px", (void*)0x1234, (void*)0x1234);
  bpf_info("%ps %pB", (void*)function_address, (void*)(function_address + 1));
  bpf_info("%s", (const char*)16);
  return 0;
}

SEC("raw_tp")
int user_strings(void* ctx) {
  bpf_info("%s, %s", bpf_log_user_string(user_string), bpf_log_user_string(16));
  return 0;
}

SEC("tc")
int limited(struct __sk_buff* skb) {
  bpf_warn_ratelimited("limited %d", skb->len);
  return 0;
}

SEC("tc")
int inlined(struct __sk_buff* skb) {
  log_in_header(1);
  return other_file(2) + not_inlined(3);
}
