/* Fields of fields: through pointers, arrays, typedefs and unnamed members, one field of each type on the way. */
struct dentry {
	int flags;
	struct dentry *parent;
};

struct path {
	void *mnt;
	struct dentry *dentry;
};

struct file {
	int mode;
	struct path f_path;
};

typedef struct {
	long now;
	long seq;
} clock_state_t;

struct mm {
	struct {
		int users;
		struct file *exe_file;
	};
	struct {
		int low;
		int high;
	} limits[2];
	clock_state_t clock;
	struct path cwd;
};

struct other {
	struct path whole;
	int kept;
};

struct task {
	int pid;
	const struct mm *mm;
	struct other others[4];
	struct {
		int first;
		int second;
	} *unnamed;
};

enum action { ACTION_PASS, ACTION_DROP };
enum { STATE_OFF, STATE_ON };
typedef enum { MODE_READ, MODE_WRITE } mode_type;

struct task use1;
struct mm use5;
struct file use6;
struct dentry use7;
enum action use2;
mode_type use3;
int use4(void) { return STATE_ON; }
