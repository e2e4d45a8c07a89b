#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* A map and a variable of another file. */
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, int);
  __type(value, int);
} values SEC(".maps");

int calls = 0;

int value(int key) {
  int* found = bpf_map_lookup_elem(&values, &key);
  return found ? *found : 0;
}
