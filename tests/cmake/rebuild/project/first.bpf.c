#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "outer.h"

#ifndef ANSWER
#define ANSWER 0
#endif

char LICENSE[] SEC("license") = "GPL";

int second(void);

SEC("tracepoint/syscalls/sys_enter_execve")
int first(void* context) { return NESTED + ANSWER + second(); }
