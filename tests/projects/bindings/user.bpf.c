#include HEADER

_Static_assert(sizeof(struct task) == 8 && __builtin_offsetof(struct task, pid) == 4, "");
_Static_assert(STATE_RUNNING == 1, "");
#ifdef CHECK_REGISTERS
#ifdef __TARGET_ARCH_x86
_Static_assert(sizeof(struct pt_regs) == 24, "");
#else
_Static_assert(sizeof(struct pt_regs) == 248, "");
#endif
#endif

int pid_of(struct task *task) { return task->pid; }
char LICENSE[] __attribute__((section("license"), used)) = "MIT";
