/* Calls a helper that is for programs under the GPL. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("raw_tp/sched_process_exec")
int unlicensed(void* ctx) {
  char byte;
  return bpf_probe_read_kernel(&byte, 1, ctx);
}

char LICENSE[] SEC("license") = "Proprietary";
