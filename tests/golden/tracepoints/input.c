/* Records of tracepoints: padding, types that BTF has and lacks, data elsewhere, fields off their alignment. */
typedef int pid_t;
typedef unsigned long long u64;
enum mode { MODE_A, MODE_B };

struct point {
	int x;
	int y;
};

typedef struct point alias_t;

struct use {
	pid_t pid;
	u64 wide;
	enum mode mode;
	alias_t at;
};

struct use use;
