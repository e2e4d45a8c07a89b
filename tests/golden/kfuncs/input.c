/* Kfuncs: records behind pointers are defined but empty, those by value whole, in typedefs and callbacks too. */
#define __kfunc __attribute__((btf_decl_tag("bpf_kfunc")))

struct point {
	int x;
	int y;
};

struct task {
	int pid;
	struct point at;
};

struct cookie {
	long value;
};

typedef struct cookie cookie_t;
typedef int (*callback_t)(struct task *, const cookie_t *);
enum mode { MODE_A, MODE_B };

__kfunc struct task *kfunc_from_pid(int pid) { (void)pid; return 0; }
__kfunc int kfunc_is_at(const struct task *task, struct point at, enum mode mode) { (void)mode; return task->at.x == at.x; }
__kfunc int kfunc_call(callback_t callback, cookie_t *cookie) { return callback(0, cookie); }
int no_kfunc(void) { return 0; }
