/* Programs that load, and have nothing to be attached to. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

SEC("tracepoint/sched/no_such_tracepoint")
int tracepoint(void* ctx) {
  return 0;
}

SEC("kprobe/no_such_function")
int kprobe(void* ctx) {
  return 0;
}

SEC("fentry/no_such_function")
int fentry(void* ctx) {
  return 0;
}
