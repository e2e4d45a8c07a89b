/* Programs that ask kernels for what not all of them have, guarded in ways that programs are, or not. CASE is one of
 * those at the end; each is compiled by itself. */
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#ifndef __always_inline
#define __always_inline inline __attribute__((always_inline))
#endif
#ifndef __noinline
#define __noinline __attribute__((noinline))
#endif

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct part {
  long weight;
  int serial;
};
struct widget {
  int id;
  long state;
  struct part *owner;
  unsigned short port;
  int temperature;
  char name[16];
  int list[4];
  unsigned int shape : 3;
  unsigned int colour : 5;
  struct {
    int inner;
    struct {
      int innermost;
    };
  };
  int kind_changed;
  int either;
  int went;
  int came;
  int flexible[];
};
struct widget___new {
  unsigned int __state;
};
struct widget___pointer {
  struct part *kind_changed;
};
struct only_old {
  int a;
};
struct only_here {
  int a;
};
#pragma clang attribute pop
typedef struct only_old old_t;
typedef int (*callback_t)(int);
enum colour { RED = 10, GREEN, REMOVED, ADDED };
enum wide { HUGE_ONE = 0x300000000ULL, HUGE_OTHER };

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 2);
  __type(key, int);
  __type(value, char[60000]);
} store SEC(".maps");

int unknown, result;
const volatile int off = 0, on = 1;
extern int LINUX_KERNEL_VERSION __kconfig;
extern int CONFIG_HZ __kconfig __weak;

#define WIDGET ((struct widget *)bpf_get_current_task())
#define READ(...) BPF_CORE_READ(WIDGET, __VA_ARGS__)
#define STATE BPF_CORE_READ(WIDGET, state)
#define HAS_STATE bpf_core_field_exists(struct widget, state)

/* A place in a map, which can be read without a helper. */
static __always_inline struct widget *stored(void) {
  int key = 0;
  return bpf_map_lookup_elem(&store, &key);
}

struct box {
  int first;
  int has;
  long sum;
};

static __noinline int has_state(void) { return HAS_STATE; }
static __noinline long read_if(int has) { return has ? STATE : 0; }
static __noinline long read_from(struct box *box) { return box->has ? STATE : 1; }
static __noinline void fill(struct box *box) { box->has = HAS_STATE; }
#if CASE == 48 || CASE == 49
__noinline long global_read(int a) { return STATE + a; }
#elif CASE == 81
__hidden __noinline long hidden_read(int a) { return STATE + a; }
#endif
static long call_back(int i, struct box *box) {
  if (box->has) box->sum += STATE;
  return 0;
}
static long call_back_wild(int i, struct box *box) {
  box->sum += STATE;
  return 0;
}
static long set_in_call_back(int i, struct box *box) {
  box->has = 1;
  return 0;
}
static long for_each(void *map, int *key, void *value, struct box *box) {
  if (box->has) box->sum += STATE;
  return 0;
}

extern int bpf_made_up_kfunc(int a) __ksym __weak;
extern void bpf_rcu_read_lock(void) __ksym __weak;
extern void bpf_rcu_read_unlock(void) __ksym __weak;

#define SECTION "raw_tp/sys_enter"
#if CASE == 200
#undef SECTION
#define SECTION "?raw_tp/sys_enter"
#endif

#if CASE >= 200
SEC("raw_tp/sys_enter") int other(void *ctx) { return 0; }
#endif

SEC(SECTION) int program(void *ctx) {
  /* Reads that nothing guards. */
#if CASE == 1
  result = STATE;
#elif CASE == 2
  result = READ(id);
#elif CASE == 3
  result = READ(owner, serial);
#elif CASE == 4
  result = READ(innermost);
#elif CASE == 5
  result = READ(kind_changed);
#elif CASE == 6
  result = BPF_CORE_READ((struct widget___pointer *)WIDGET, kind_changed, serial);
#elif CASE == 7
  result = READ(list[3]);
#elif CASE == 8
  result = READ(flexible[70]);
#elif CASE == 9
  result = BPF_CORE_READ_BITFIELD_PROBED(WIDGET, colour);
#elif CASE == 10
  result = READ(went);
#elif CASE == 11
  result = READ(came);
#elif CASE == 12
  result = READ(name[9]);
#elif CASE == 13
  result = BPF_CORE_READ((struct only_old *)WIDGET, a);
#elif CASE == 14
  result = BPF_CORE_READ((struct only_here *)WIDGET, a);
#elif CASE == 15
  result = READ(either);
#elif CASE == 16
  result = bpf_core_enum_value(enum colour, GREEN);
#elif CASE == 17
  result = bpf_core_enum_value(enum colour, REMOVED);
#elif CASE == 18
  result = bpf_core_enum_value(enum wide, HUGE_OTHER) >> 32;
#elif CASE == 19
  result = bpf_core_type_size(struct only_here);
#elif CASE == 20
  result = bpf_core_type_id_kernel(struct widget);
#elif CASE == 21
  result = bpf_core_type_id_local(struct widget);
#elif CASE == 22
  result = bpf_core_field_size(struct widget, went);
#elif CASE == 23
  result = bpf_core_field_exists(struct widget, colour) + bpf_core_type_exists(struct only_old);

  /* Loads and stores that do without a helper. */
#elif CASE == 30
  struct widget *w = stored();
  if (w) result = w->port;
#elif CASE == 31
  struct widget *w = stored();
  if (w) result = w->temperature;
#elif CASE == 32
  struct widget *w = stored();
  if (w) result = w->owner != 0;
#elif CASE == 33
  struct widget *w = stored();
  if (w) w->id = 7;
#elif CASE == 34
  struct widget *w = stored();
  if (w && bpf_core_field_size(w->temperature) == 4) result = w->temperature;
#elif CASE == 35
  struct widget *w = stored();
  if (w) result = BPF_CORE_READ_BITFIELD(w, shape);

  /* Guards of many forms. */
#elif CASE == 40
  if (HAS_STATE) result = STATE;
#elif CASE == 41
  if (!HAS_STATE) result = BPF_CORE_READ((struct widget___new *)WIDGET, __state);
  else result = STATE;
#elif CASE == 42
  if (!HAS_STATE) result = STATE;
#elif CASE == 43
  int has = HAS_STATE;
  bpf_printk("%d", has);
  if (has) result = STATE;
#elif CASE == 44
  volatile int has = HAS_STATE;
  bpf_printk("a call");
  if (has) result = STATE;
#elif CASE == 45
  if (has_state()) result = STATE;
#elif CASE == 46
  result = read_if(HAS_STATE);
#elif CASE == 47
  result = read_if(HAS_STATE) + read_if(1);
#elif CASE == 48
  if (HAS_STATE) result = global_read(3);
#elif CASE == 49
  result = global_read(3);
#elif CASE == 50
  if (off) result = STATE;
#elif CASE == 51
  if (on) result = STATE;
#elif CASE == 52
  if (unknown) result = STATE;
#elif CASE == 53
  if (LINUX_KERNEL_VERSION < 0x30000) result = STATE;
#elif CASE == 54
  if (LINUX_KERNEL_VERSION >= 0x30000) result = STATE;
#elif CASE == 55
  struct box box = {0, HAS_STATE, 0};
  bpf_loop(3, call_back, &box, 0);
  result = box.sum;
#elif CASE == 56
  struct box box = {0, 1, 0};
  bpf_loop(3, call_back, &box, 0);
  result = box.sum;
#elif CASE == 57
  struct box box = {0, 0, 0};
  if (HAS_STATE) bpf_loop(3, call_back_wild, &box, 0);
  result = box.sum;
#elif CASE == 58
  struct box box = {0, HAS_STATE, 0};
  bpf_loop(3, set_in_call_back, &box, 0);
  if (box.has) result = STATE;
#elif CASE == 59
  struct box box = {0, HAS_STATE, 0};
  bpf_for_each_map_elem(&store, for_each, &box, 0);
  result = box.sum;
#elif CASE == 60
  struct box box = {0, HAS_STATE, 0};
  result = read_from(&box);
#elif CASE == 61
  struct box box = {};
  fill(&box);
  if (box.has) result = STATE;
#elif CASE == 62
  struct box box = {0, HAS_STATE, 0};
  bpf_probe_read_kernel(&box, sizeof box, ctx);
  if (box.has) result = STATE;
#elif CASE == 63
  struct box box = {0, HAS_STATE, 0};
  bpf_probe_read_kernel(&box.first, sizeof box.first, ctx);
  if (box.has) result = STATE;
#elif CASE == 64
  int mask = HAS_STATE << 1 | bpf_core_field_exists(struct widget, id) << 2 | unknown << 5;
  if (mask & 2) result = STATE;
#elif CASE == 65
  if (unknown > 3 && HAS_STATE && unknown < 20) result = STATE;
#elif CASE == 66
  if (unknown > 3 || HAS_STATE) result = STATE;
#elif CASE == 67
  for (int i = 0; i < 5; ++i) {
    if (HAS_STATE) result += STATE + i;
  }
#elif CASE == 68
  int has = 0;
  for (int i = 0; i < 5; ++i) {
    if (has) result += STATE;
    if (unknown == i) has = HAS_STATE;
  }
#elif CASE == 69
  int has = 0;
  for (int i = 0; i < 5; ++i) {
    if (has) result += STATE;
    if (unknown == i) has = 1;
  }
#elif CASE == 70
  if (bpf_core_type_exists(struct only_old)) result = BPF_CORE_READ((struct only_old *)WIDGET, a);
#elif CASE == 71
  if (bpf_core_type_size(struct only_old) > 0) result = BPF_CORE_READ((struct only_old *)WIDGET, a);
#elif CASE == 72
  if (bpf_core_enum_value_exists(enum colour, REMOVED)) result = bpf_core_enum_value(enum colour, REMOVED);
#elif CASE == 73
  switch (bpf_core_enum_value(enum colour, GREEN)) {
    case 2: result = READ(went); break;
    case 5: result = READ(came); break;
  }
#elif CASE == 74
  if (bpf_core_field_size(struct widget, port) > 2) result = STATE;
#elif CASE == 75
  if (bpf_core_type_exists(old_t)) result = READ(went);
#elif CASE == 76
  if (bpf_core_type_exists(callback_t)) result = READ(went);
#elif CASE == 77 && __clang_major__ >= 15
  if (bpf_core_type_matches(struct part)) result = BPF_CORE_READ(WIDGET, owner, weight);
#elif CASE == 78 && __clang_major__ >= 15
  if (bpf_core_type_matches(struct widget)) result = STATE;
#elif CASE == 79
  if (bpf_core_field_exists(struct widget, came)) return 0;
  result = READ(went);
#elif CASE == 180 /* which only the kernel itself knows */
  if (CONFIG_HZ > 1000000) result = STATE;
#elif CASE == 81
  if (HAS_STATE) result = hidden_read(3);
#elif CASE == 82
  if (!bpf_core_field_exists(struct widget, owner)) result = STATE;
#elif CASE == 83
  long has = HAS_STATE;
  if ((has ^ 1) == 0) result = STATE;
#elif CASE == 84
  if (unknown == 3 && unknown + HAS_STATE == 4) result = STATE;
#elif CASE == 85
  unsigned char byte = unknown;
  if (byte > 255 + HAS_STATE) result = STATE;
#elif CASE == 86
  if (HAS_STATE && bpf_core_field_exists(struct widget, went)) result = STATE + READ(went);
#elif CASE == 87
  struct box boxes[2] = {{0, HAS_STATE, 0}, {0, 0, 0}};
  struct box *box = &boxes[unknown & 1];
  box->sum = 3;
  if (boxes[0].has) result = STATE + box->sum;
#elif CASE == 88
  if (bpf_core_field_exists(struct widget, list[3])) result = READ(list[3]);
#elif CASE == 89
  if (bpf_core_field_offset(struct widget, id) > 30) result = STATE;

  /* Kfuncs. */
#elif CASE == 100
  result = bpf_made_up_kfunc(1);
#elif CASE == 101
  if (bpf_made_up_kfunc) result = bpf_made_up_kfunc(1);
#elif CASE == 102
  if (!bpf_made_up_kfunc) result = STATE;

  /* Programs that are not loaded unless user space wants them. */
#elif CASE == 200
  result = STATE;
#endif
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
