/* Has maps whose sizes user space is to set before it loads them. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, unsigned int);
  __type(value, unsigned int);
} counts SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_STACK_TRACE);
  __uint(max_entries, 16);
  __uint(key_size, 4);
} stacks SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
} events SEC(".maps");

/* Storage and perf events are without sizes of their own. */
struct {
  __uint(type, BPF_MAP_TYPE_SK_STORAGE);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, int);
  __type(value, int);
} of_sockets SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
  __uint(key_size, 4);
  __uint(value_size, 4);
} samples SEC(".maps");

SEC("raw_tp/sched_switch")
int counts_stacks(void* ctx) {
  unsigned int key = 0;
  unsigned int* const count = bpf_map_lookup_elem(&counts, &key);
  if (count) *count += 1;
  bpf_perf_event_output(ctx, &samples, 0, &key, sizeof(key));
  return bpf_get_stackid(ctx, &stacks, 0);
}

SEC("raw_tp/sched_switch")
int sends(void* ctx) {
  const int byte = 0;
  return bpf_ringbuf_output(&events, (void*)&byte, 1, 0);
}

SEC("tc")
int stores(struct __sk_buff* skb) {
  struct bpf_sock* socket = skb->sk;
  if (!socket) return 0;
  socket = bpf_sk_fullsock(socket);
  return socket ? !bpf_sk_storage_get(&of_sockets, socket, 0, 0) : 0;
}
