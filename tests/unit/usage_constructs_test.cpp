/// What programs do with a kernel's types, by the headers of libbpf: for each of it a program that is
/// proved the same with the header as with all types, and what the header has for it.
#include <cstdlib>
#include <string>
#include <vector>

#include "catch.hpp"
#include "support/text.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::contents_of;

namespace {

constexpr const char* kernel = R"(
typedef unsigned int u32; typedef unsigned long long u64; typedef _Bool bool; typedef int pid_t;
typedef unsigned long size_t;
enum { false, true } truth;
enum { BPF_ANY = 0, BPF_NOEXIST = 1, BPF_EXIST = 2 } any;
enum { BPF_F_CURRENT_CPU = 0xffffffffULL } flag;
enum bpf_map_type { BPF_MAP_TYPE_UNSPEC, BPF_MAP_TYPE_HASH, BPF_MAP_TYPE_ARRAY, BPF_MAP_TYPE_RINGBUF = 27 };
enum bpf_func_id { BPF_FUNC_unspec, BPF_FUNC_get_attach_cookie = 174, BPF_FUNC_last };
struct pt_regs {
  unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs, flags, sp, ss;
};
struct inner { int x; int y; int z; };
struct list_head { struct list_head *next, *prev; };
struct inode { unsigned long i_ino; long i_size; int i_mode; };
struct file { long pos; struct inode *f_inode; int f_flags; };
struct file_operations { void *owner; int (*open)(struct inode *, struct file *); int (*flush)(struct file *); };
enum color { RED, GREEN, BLUE };
struct task {
  long state; pid_t pid; char comm[16]; struct list_head siblings; struct task *parent; struct file *files;
  struct inner in; struct inner list[4]; const struct file_operations *ops;
  unsigned low : 3, middle : 7, high : 20; unsigned long long wide : 40;
  union { int first; struct { int second; int third; }; union { char fourth; long fifth; } named; };
  enum color color; int (*callback)(struct task *, int); long tail;
};
struct old_name___2 { int value; int rest; };
struct seq_file { char *buf; size_t count; };
struct bpf_iter_meta { struct seq_file *seq; u64 session_id; u64 seq_num; };
struct bpf_iter__task { struct bpf_iter_meta *meta; struct task *task; };
struct sock { int number; int rest; };
struct ops { int (*init)(struct sock *); void (*release)(struct sock *); char name[16]; u32 flags; };
struct rq { int nr_running; long clock; };
__attribute__((btf_decl_tag("bpf_kfunc"))) struct rq *find_rq(struct task *task, int cpu) { return 0; }
struct timer { u64 opaque[2]; };
struct {
  struct task task; struct pt_regs regs; enum bpf_map_type type; enum bpf_func_id id; struct bpf_iter__task iter;
  struct ops ops; struct rq rq; struct old_name___2 old; struct timer timer; struct inode inode; struct file file;
  struct file_operations file_operations; struct bpf_iter_meta meta; struct seq_file seq; struct sock sock;
  enum color color; u32 u32; pid_t pid; size_t size; bool flag;
} all;
)";

struct Construct {
  const char* name;
  const char* code;
  std::vector<std::string> present;
  std::vector<std::string> absent;
};

const Construct constructs[] = {
    {"a struct_ops map is whole, and its programs take fields",
     R"(SEC("struct_ops/init") int BPF_PROG(init, struct sock *sk) { return sk->number; }
        SEC(".struct_ops") struct ops mine = {.init = (void *)init, .name = "mine"};)",
     {"void (*release)(struct sock *);", "int number;"},
     {"int rest;"}},
    {"an iterator takes fields of its context",
     R"(SEC("iter/task") int dump(struct bpf_iter__task *ctx) { struct task *task = ctx->task;
        if (!task) return 0; BPF_SEQ_PRINTF(ctx->meta->seq, "%d\n", task->pid); return 0; })",
     {"struct seq_file *seq;", "pid_t pid;"},
     {"u64 session_id;", "comm"}},
    {"a typed variable of the kernel is defined, its fields are those that are read",
     R"(extern const struct rq runqueues __ksym; extern const void init_task __ksym;
        SEC("tc") int f(void *ctx) { const struct rq *rq = bpf_per_cpu_ptr(&runqueues, 1);
        return rq ? rq->nr_running + (long)&init_task : 0; })",
     {"int nr_running;"},
     {"long clock;"}},
    {"functions of the kernel come with what they mention",
     R"(SEC("tc") int f(void *ctx) { struct rq *rq = find_rq(0, 1); return rq ? rq->nr_running : !find_rq; })",
     {"extern struct rq *find_rq(struct task *task, int cpu) __weak __ksym;  // for f() in program.bpf.c",
      "struct task {", "int nr_running;"},
     {"long clock;", "comm"}},
    {"functions of the kernel that a program declares define what they mention",
     R"(extern struct task *find(struct rq *rq, int pid) __weak __ksym;
        SEC("tc") int f(void *ctx) { struct task *task = find(0, 1); return task ? task->pid : !find; })",
     {"struct rq {", "pid_t pid;"},
     {"int nr_running;", "comm"}},
    {"USDT arguments need what usdt.bpf.h needs",
     "#include <bpf/usdt.bpf.h>\n"
     R"(SEC("usdt") int BPF_USDT(probe, int number, void *address) { return number + (address != 0); })",
     {"struct pt_regs {", "BPF_MAP_TYPE_ARRAY"},
     {"struct task"}},
    {"arguments of traced functions",
     R"(SEC("fentry/x") int BPF_PROG(entry, struct file *file, int n) { return file->f_flags + n; }
        SEC("kprobe/x") int BPF_KPROBE(probe, struct task *task, int sig) { return BPF_CORE_READ(task, pid) + sig; }
        SEC("kretprobe/x") int BPF_KRETPROBE(left, struct inode *inode) { return BPF_CORE_READ(inode, i_mode); })",
     {"int f_flags;", "pid_t pid;", "int i_mode;"},
     {"f_inode", "comm", "i_ino"}},
    {"arguments of system calls",
     "extern _Bool LINUX_HAS_SYSCALL_WRAPPER __kconfig;\n"
     R"(SEC("ksyscall/kill") int BPF_KSYSCALL(entry, pid_t pid, int sig) { return pid + sig; })",
     {"typedef int pid_t;", "struct pt_regs {"},
     {"struct task"}},
    {"a flavour is the program's own, and leaves the type's fields alone",
     R"(struct task___old { long state; int gone; } __attribute__((preserve_access_index));
        SEC("tc") int f(struct task *task) { struct task___old *old = (void *)task;
        return bpf_core_field_exists(old->gone) ? BPF_CORE_READ(old, gone) : task->pid; })",
     {"pid_t pid;"},
     {"long state;", "gone"}},
    {"a type of the kernel may look like a flavour",
     R"(SEC("tc") int f(struct old_name___2 *p) { return p->value; })",
     {"int value;"},
     {"int rest;"}},
    {"questions about fields bring these alone",
     R"(SEC("tc") int f(struct task *task) { return bpf_core_field_exists(task->comm) +
        bpf_core_field_size(task->in) + bpf_core_field_offset(task->parent); })",
     {"char comm[16];", "struct inner in;", "struct task *parent;"},
     {"pid_t pid;"}},
    {"whether a type exists, and its size, does not need its fields",
     R"(SEC("tc") int f(void *ctx) { return bpf_core_type_exists(struct rq) + bpf_core_type_size(struct inode); })",
     {"struct rq {", "struct inode {"},
     {"nr_running", "i_mode"}},
    {"whether a type matches needs all of it",
     R"(SEC("tc") int f(void *ctx) { return __builtin_preserve_type_info(*(struct rq *)0, 2); })",
     {"int nr_running;", "long clock;"},
     {}},
    {"questions about enumerators bring these alone",
     R"(SEC("tc") int f(void *ctx) { return bpf_core_enum_value(enum color, GREEN) +
        bpf_core_enum_value_exists(enum bpf_map_type, BPF_MAP_TYPE_RINGBUF); })",
     {"GREEN = 1,", "BPF_MAP_TYPE_RINGBUF = 27,"},
     {"BLUE", "BPF_MAP_TYPE_HASH"}},
    {"the size of a field is that of its type",
     R"(SEC("tc") int f(struct task *task) { return sizeof(task->in); })",
     {"int z;", "struct inner in;"},
     {"pid_t pid;"}},
    {"pointers to elements, and how far they are apart",
     R"(SEC("tc") long f(struct rq *p, struct rq *q) { struct inner *i = (void *)p; return &p[3] - q + (i + 1 == 0); })",
     {"int z;", "long clock;"},
     {}},
    {"the place of a member in its type is in the code",
     R"(#define container_of(p, type, member) ((type *)((void *)(p) - __builtin_offsetof(type, member)))
        SEC("tc") int f(struct list_head *head) { return container_of(head->next, struct task, siblings)->pid; })",
     {"char comm[16];", "long tail;"},
     {}},
    {"types in the definitions of maps are whole, behind pointers they are not",
     R"(struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8);
        __type(key, struct inner); __type(value, struct task *); } map SEC(".maps");
        struct value { struct timer timer; struct rq *rq; };
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1);
        __type(key, u32); __type(value, struct value); } timers SEC(".maps");
        SEC("tc") int f(void *task) { struct inner key = {}; bpf_map_update_elem(&map, &key, &task, BPF_ANY);
        return 0; })",
     {"int z;", "opaque[2];", "struct task;", "struct rq;"},
     {"struct task {", "struct rq {", "BPF_MAP_TYPE_RINGBUF"}},
    {"arrays of structs",
     R"(SEC("tc") int f(struct task *task) { return task->list[2].y + BPF_CORE_READ(task, list[1].x); })",
     {"struct inner list[4];", "int x;", "int y;"},
     {"int z;", "comm"}},
    {"bitfields by the macros of CO-RE",
     R"(SEC("tc") int f(struct task *task) { return BPF_CORE_READ_BITFIELD(task, middle) +
        BPF_CORE_READ_BITFIELD_PROBED(task, wide); })",
     {"middle : 7;", "wide : 40;"},
     {"high", "comm"}},
    {"unnamed unions and structs",
     R"(SEC("tc") long f(struct task *task) { return task->third + BPF_CORE_READ(task, named.fifth); })",
     {"int third;", "long fifth;"},
     {"second", "fourth"}},
    {"typeof",
     R"(SEC("tc") int f(struct task *task) { typeof(task->parent) parent = task->parent; typeof(*task->files) *file;
        typeof(((struct task *)0)->color) color = BPF_CORE_READ(task, color); file = BPF_CORE_READ(parent, files);
        return color == BLUE ? BPF_CORE_READ(file, f_flags) : 0; })",
     {"struct file *files;", "BLUE = 2,", "int f_flags;"},
     {"RED", "f_inode"}},
    {"casts",
     R"(SEC("raw_tp") int f(u64 *args) { struct task *task = (struct task *)args[0]; enum color color = (enum color)args[1];
        return ((struct file *)args[2])->f_flags + task->pid + color; })",
     {"int f_flags;", "pid_t pid;", "enum color {"},
     {"comm", "f_inode"}},
    {"pointers to functions",
     R"(typedef int (*callback_t)(struct task *, int);
        SEC("tc") int f(struct task *task) { callback_t callback = task->callback; typeof(task->ops->open) open =
        BPF_CORE_READ(task, ops, open); return (long)callback + ((long)open & 1); })",
     {"int (*callback)(struct task *, int);", "int (*open)(struct inode *, struct file *);", "struct inode;"},
     {"struct inode {", "flush"}},
    {"inline functions of the kernel that a program has copied",
     R"(static inline struct inode *file_inode(const struct file *file) { return file->f_inode; }
        static inline int list_empty(const struct list_head *head) { return READ(head->next) == head; }
        SEC("tc") int f(struct task *task) { return file_inode(task->files)->i_mode + list_empty(&task->siblings); })",
     {"struct inode *f_inode;", "int i_mode;", "struct list_head *next;"},
     {"struct list_head *prev;", "f_flags"}},
    {"reading into variables, strings and memory of user space",
     R"(SEC("tc") int f(struct task *task) { struct inner in; char text[16]; long pos;
        BPF_CORE_READ_INTO(&in, task, in); bpf_core_read_str(text, sizeof text, &task->comm);
        BPF_CORE_READ_USER_INTO(&pos, task, files, pos); bpf_core_read(&in, sizeof in, &task->parent->in);
        return in.z + text[0] + pos + BPF_CORE_READ_STR_INTO(&text, task, parent, comm); })",
     {"int x;", "char comm[16];", "long pos;"},
     {"f_flags", "pid_t pid;"}},
    {"enumerators as numbers",
     R"(char buffer[BPF_MAP_TYPE_ARRAY]; SEC("tc") int f(struct task *task) { switch (task->color) {
        case GREEN: return buffer[1]; default: return true; } })",
     {"BPF_MAP_TYPE_ARRAY = 2,", "GREEN = 1,", "true = 1,"},
     {"RED", "BPF_MAP_TYPE_HASH"}},
    {"names in places that are no expressions",
     R"(enum mine : u32 { ONE };
        SEC("tc") int f(struct inode *inode) { return __builtin_types_compatible_p(typeof(inode->i_mode), pid_t) +
        _Generic((struct sock *)0, struct sock *: 1, struct file *: 2) + ONE; })",
     {"typedef unsigned int u32;", "typedef int pid_t;", "struct sock;", "i_mode"},
     {"i_size"}},
    {"a block whose accesses are all relocated",
     R"(SEC("tc") int f(struct task *task) { return __builtin_preserve_access_index(({ task->parent->pid; })); })",
     {"struct task *parent;", "pid_t pid;"},
     {"comm"}},
    {"values of a type, and what is asked of it when compiling",
     R"(_Static_assert(sizeof(struct inner) == 12 && _Alignof(struct rq) == 8, "as in the kernel");
        SEC("tc") int f(struct task *task) { struct inner copy = BPF_CORE_READ(task, in), other = copy; return other.y; })",
     {"int z;", "struct rq {"},
     {"pid_t pid;"}},
};

}  // namespace

TEST_CASE("constructs that programs use are proved, with what they need", "[usage.constructs]") {
  test::TemporaryDirectory folder;
  folder.file("kernel.c", kernel);
  const auto shell = [&](const std::string& command) {
    return std::system(("cd " + shell_quote(folder.path().native()) + " && " + command).c_str());
  };
  const std::string clang = shell_quote(BPFBUILD_CLANG);
  REQUIRE(shell(clang + " --target=bpf -g -O2 -c kernel.c -o kernel.o") == 0);
  for (const Construct& construct : constructs) {
    CAPTURE(construct.name);
    folder.file("program.bpf.c", std::string("#include \"vmlinux.h\"\n"
                                             "#include <bpf/bpf_helpers.h>\n"
                                             "#include <bpf/bpf_core_read.h>\n"
                                             "#include <bpf/bpf_tracing.h>\n"
                                             "#define READ(x) (*(volatile typeof(x) *)&(x))\n"
                                             "char LICENSE[] SEC(\"license\") = \"GPL\";\n") +
                                     construct.code);
    const int exit_code =
        shell(shell_quote(BPFBUILD_EXECUTABLE) + " header --btf kernel.o --clang " + clang +
              " --source program.bpf.c --prove -o vmlinux.h -- -mcpu=v3 -D__TARGET_ARCH_x86 -isystem " +
              shell_quote(BPFBUILD_LIBBPF_INCLUDE) + " -idirafter " + shell_quote(BPFBUILD_ASM_INCLUDE) +
              " >messages 2>&1");
    const std::string messages = contents_of(folder.path() / "messages");
    if (messages.find("Incorrect flag for llvm.bpf.preserve.type.info") != std::string::npos) {
      WARN("SKIPPED, needs clang 15: " << construct.name);
      continue;
    }
    CHECK(messages == "");
    if (exit_code != 0) continue;
    const std::string header = contents_of(folder.path() / "vmlinux.h");
    for (const std::string& text : construct.present) CHECK_THAT(header, test::contains(text));
    for (const std::string& text : construct.absent) CHECK_THAT(header, !test::contains(text));
  }
}
