#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

enum kind { KIND_FILE, KIND_SOCKET = 5 };

struct point {
  short x;
  long y;
};

typedef struct {
  int level;
} settings_t;

struct packed {
  char letter;
  long number;
} __attribute__((packed));

struct event {
  enum kind kind;
  unsigned flags : 3;
  unsigned more : 7;
  char name[16];
  struct point at[2];
  void* pointer;
  union {
    __u32 whole;
    struct {
      __u8 first;
      __u16 second;
    };
  };
  struct {
    bool ok;
  } inner;
  enum { LITTLE = 1, MUCH } amount;
  settings_t settings;
  struct packed packed;
  long bits : 40;
  char tail;
  int class; /* a word of C++ */
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 8);
  __type(key, __u64);
  __type(value, struct event);
} counts SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 8);
  __type(key, struct {
    char letter;
    __u32 number;
  });
  __type(value, int);
} by_pair SEC(".maps");

struct {
  __u32 level;
} options = {};

/* Used by no code, and kept by a pointer. */
struct kept {
  int number;
  char letter;
};
struct kept* unused __attribute__((unused)) = 0;

struct event last = {};

SEC("tracepoint/syscalls/sys_enter_execve")
int monitor(void* context) {
  (void)context;
  last.flags = options.level;
  return 0;
}
