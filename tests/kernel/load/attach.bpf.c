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

SEC("uprobe//no/such/binary:function")
int uprobe_of_no_binary(void* ctx) {
  return 0;
}

SEC("uprobe//proc/self/exe:no_such_function")
int uprobe_of_no_function(void* ctx) {
  return 0;
}

SEC("raw_tp/no_such_tracepoint")
int raw_tracepoint(void* ctx) {
  return 0;
}
