enum state { STATE_SLEEPING, STATE_RUNNING };

struct pt_regs {
#ifdef __TARGET_ARCH_x86
	unsigned long ax, bx, di;
#else
	unsigned long regs[31];
#endif
};

#ifdef __TARGET_ARCH_arm64
struct user_pt_regs {
	unsigned long regs[31], sp;
} user_registers;
#endif

struct task {
	int state;
	int pid;
};

struct pt_regs registers;
struct task task;
enum state state;
char LICENSE[] __attribute__((section("license"), used)) = "MIT";
