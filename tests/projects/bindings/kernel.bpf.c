enum state { STATE_SLEEPING, STATE_RUNNING };

struct pt_regs {
#ifdef __TARGET_ARCH_x86
	unsigned long ax, bx;
#else
	unsigned long regs[31];
#endif
};

struct task {
	int state;
	int pid;
};

struct pt_regs registers;
struct task task;
enum state state;
char LICENSE[] __attribute__((section("license"), used)) = "MIT";
