#include "vmlinux.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

SEC("kprobe/function")
int probe(struct pt_regs* registers) { return PT_REGS_PARM1(registers) != 0; }
