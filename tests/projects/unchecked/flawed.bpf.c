#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("no_such_program")
int flawed(void* context) {
  (void)context;
  return 0;
}
