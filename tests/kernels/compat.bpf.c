/* Programs that ask for what came, went, moved or was renamed between real kernels, guarded or not. CASE is one of those
 * at the end; each is compiled by itself. */
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct task_struct {
  int pid;
  volatile long state;
  unsigned int __state;
  struct task_struct *real_parent;
  char comm[16];
};
struct folio {
  unsigned long flags;
};
struct inode {
  unsigned long i_ino;
  long i_mtime_sec;
};
struct request {
  void *rq_disk;
};
struct sk_buff {
  unsigned char mono_delivery_time : 1;
  unsigned char tstamp_type : 2;
  unsigned char cloned : 1;
};
struct rq {
  unsigned int nr_running;
};
#pragma clang attribute pop
/* Of these only the numbers are the program's own. */
enum bpf_func_id___own { BPF_FUNC_loop___own = 1000, BPF_FUNC_kptr_xchg___own };
enum bpf_map_type___own { BPF_MAP_TYPE_ARENA___own = 1000 };

extern int LINUX_KERNEL_VERSION __kconfig;
extern void bpf_rcu_read_lock(void) __ksym __weak;
extern void bpf_rcu_read_unlock(void) __ksym __weak;
#if CASE == 41
extern struct task_struct *bpf_task_from_pid(int pid) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym;
#elif CASE == 45
extern const struct rq runqueues __ksym;
#elif CASE == 46
extern const struct rq no_such_variable __ksym;
#endif

#define TASK ((struct task_struct *)bpf_get_current_task())
#define READ(...) BPF_CORE_READ(TASK, __VA_ARGS__)
#define HAS(type, field) bpf_core_field_exists(type, field)

int unknown, result;

static long call_back(int i, void *context) { return 0; }
#if CASE == 20 || CASE == 22
__attribute__((noinline)) int old_only(int a) { return READ(state) + a; }
#elif CASE == 21
__attribute__((noinline)) int new_only(int a) { return READ(__state) + a; }
#endif

#if CASE == 60 || CASE == 61
struct {
#if CASE == 60
  __uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
#else
  __uint(type, BPF_MAP_TYPE_RINGBUF);
#endif
  __uint(max_entries, 4096);
#if CASE == 60
  __type(value, int);
#endif
} map SEC(".maps");
#endif

#if CASE == 30
SEC("fentry/do_unlinkat")
#elif CASE == 31
SEC("fentry/account_page_dirtied")
#elif CASE == 32
SEC("fexit/folio_mark_dirty")
#elif CASE == 33
SEC("tp_btf/sched_switch")
#elif CASE == 34
SEC("tp_btf/contention_begin")
#elif CASE == 35
SEC("lsm/file_open")
#elif CASE == 36
SEC("lsm/userns_create")
#elif CASE == 37
SEC("iter/task")
#elif CASE == 38
SEC("iter/ksym")
#elif CASE == 39
SEC("?fentry/no_such_function")
#elif CASE >= 40 && CASE < 45
SEC("tp_btf/task_newtask")
#else
SEC("raw_tp/sys_enter")
#endif
int program(void *ctx) {
#if CASE == 1
  result = READ(state);
#elif CASE == 2
  result = READ(__state);
#elif CASE == 3
  if (HAS(struct task_struct, __state)) result = READ(__state);
  else result = READ(state);
#elif CASE == 4
  if (HAS(struct task_struct, __state)) result = READ(state);
#elif CASE == 5
  result = READ(real_parent, pid);
#elif CASE == 6
  result = BPF_CORE_READ((struct folio *)TASK, flags);
#elif CASE == 7
  if (bpf_core_type_exists(struct folio)) result = BPF_CORE_READ((struct folio *)TASK, flags);
#elif CASE == 8
  result = BPF_CORE_READ((struct inode *)TASK, i_mtime_sec);
#elif CASE == 9
  if (HAS(struct inode, i_mtime_sec)) result = BPF_CORE_READ((struct inode *)TASK, i_mtime_sec);
#elif CASE == 10
  result = BPF_CORE_READ((struct request *)TASK, rq_disk) != 0;
#elif CASE == 11
  result = BPF_CORE_READ_BITFIELD_PROBED((struct sk_buff *)TASK, mono_delivery_time);
#elif CASE == 12
  result = BPF_CORE_READ_BITFIELD_PROBED((struct sk_buff *)TASK, tstamp_type);
#elif CASE == 13
  result = BPF_CORE_READ_BITFIELD_PROBED((struct sk_buff *)TASK, cloned);
#elif CASE == 14
  if (LINUX_KERNEL_VERSION < (5 << 16 | 14 << 8)) result = READ(state);
  else result = READ(__state);
#elif CASE == 15
  result = bpf_core_enum_value(enum bpf_map_type___own, BPF_MAP_TYPE_ARENA___own);
#elif CASE == 16
  if (bpf_core_enum_value_exists(enum bpf_map_type___own, BPF_MAP_TYPE_ARENA___own)) result = READ(state);
#elif CASE == 17
  result = bpf_core_type_size(struct task_struct) > 9000 ? READ(state) : 0;

  /* Global functions, which kernels before 6.8 verify also if nothing calls them. */
#elif CASE == 20
  if (HAS(struct task_struct, state)) result = old_only(1);
#elif CASE == 21
  if (HAS(struct task_struct, __state)) result = new_only(1);
#elif CASE == 22
  result = old_only(1);

  /* Helpers. */
#elif CASE == 25
  result = bpf_loop(3, call_back, 0, 0);
#elif CASE == 26
  if (bpf_core_enum_value_exists(enum bpf_func_id___own, BPF_FUNC_loop___own)) result = bpf_loop(3, call_back, 0, 0);

  /* Kfuncs and variables. */
#elif CASE == 40
  if (bpf_rcu_read_lock) {
    bpf_rcu_read_lock();
    bpf_rcu_read_unlock();
  }
#elif CASE == 41
  struct task_struct *task = bpf_task_from_pid(1);
  if (task) bpf_task_release(task);
#elif CASE == 42
  bpf_rcu_read_lock();
  bpf_rcu_read_unlock();
#elif CASE == 43
  if (!bpf_rcu_read_lock) result = READ(__state);
#elif CASE == 45
  struct rq *rq = bpf_per_cpu_ptr(&runqueues, 0);
  if (rq) result = 1;
#elif CASE == 46
  result = (long)&no_such_variable;
#elif CASE == 61
  long *place = bpf_ringbuf_reserve(&map, 8, 0);
  if (place) bpf_ringbuf_discard(place, 0);
#endif
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
