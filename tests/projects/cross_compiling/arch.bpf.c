#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#ifdef __TARGET_ARCH_arm64
/* <asm/ptrace.h> of arm64 has it, that of other architectures does not. */
int registers = sizeof(struct user_pt_regs);
#else
int registers = 1;
#endif

SEC("tracepoint/syscalls/sys_enter_execve")
int arch(void* context) {
  (void)context;
  return registers;
}
