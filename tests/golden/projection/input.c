/* Some fields of a type: in the order of BTF, within the anonymous members they live in, with what they embed. */
typedef int pid_t;

struct list_head {
	struct list_head *next, *prev;
};

struct mm_struct;

struct task_struct {
	unsigned int state;
	union {
		struct {
			int low;
			int high;
		};
		long both;
	};
	unsigned int flag : 1;
	unsigned int other : 1;
	struct list_head tasks;
	struct mm_struct *mm;
	pid_t pid;
	pid_t tgid;
	struct task_struct *real_parent;
	char comm[16];
};

typedef struct {
	int counter;
	int unused;
} counter_t;

struct task_struct use1;
counter_t use2;
