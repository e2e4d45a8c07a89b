/* Programs that the verifier refuses, each for one reason; one that it accepts, and one that it refuses where the kernel is locked down. The tests load one at a time. */
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct task_struct {
  int no_such_field;
} __attribute__((preserve_access_index));

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 4);
  __type(key, unsigned int);
  __type(value, unsigned long long);
} counts SEC(".maps");

unsigned char table[16];

SEC("tc")
int accepted(struct __sk_buff* skb) {
  return skb->len > 100;
}

SEC("raw_tp/sched_process_exec")
int reads_kernel(void* ctx) {
  char byte = 0;
  return bpf_probe_read_kernel(&byte, 1, (void*)bpf_get_current_task()) + byte;
}

SEC("tc")
int null_check(struct __sk_buff* skb) {
  unsigned int key = skb->len;
  unsigned long long* count = bpf_map_lookup_elem(&counts, &key);
  return *count;
}

SEC("tc")
int out_of_bounds(struct __sk_buff* skb) {
  return table[skb->len];
}

SEC("tc")
int out_of_32_bits(struct __sk_buff* skb) {
  unsigned int index = skb->len * 3;
  return table[index];
}

SEC("tc")
int packet_bounds(struct __sk_buff* skb) {
  return *(unsigned char*)(long)skb->data;
}

SEC("tc")
int unbounded_loop(struct __sk_buff* skb) {
  unsigned int sum = 0;
  for (unsigned int i = 0; i != skb->len; i++) sum += skb->mark;
  while (sum != skb->mark) sum = skb->mark + skb->priority;
  return sum;
}

SEC("tc")
int endless_loop(struct __sk_buff* skb) {
  for (;;) asm volatile("");
  return 0;
}

static __noinline int deep(unsigned int i) {
  volatile char buffer[400] = {};
  buffer[i & 255] = 1;
  return buffer[0];
}

SEC("tc")
int stack(struct __sk_buff* skb) {
  volatile char buffer[400] = {};
  buffer[skb->len & 255] = 1;
  return deep(skb->len) + buffer[0];
}

SEC("tc")
int stack_offset(struct __sk_buff* skb) {
  asm volatile("r1 = 0; *(u64 *)(r10 - 520) = r1" ::: "r1", "memory");
  return 0;
}

SEC("tc")
int unknown_helper(struct __sk_buff* skb) {
  static long (*const no_such_helper)(void) = (void*)9999;
  return no_such_helper();
}

SEC("tc")
int wrong_helper(struct __sk_buff* skb) {
  char name[16];
  return bpf_override_return((void*)skb, 0) + name[0];
}

SEC("raw_tp/sched_process_exec")
int core_field(void* ctx) {
  struct task_struct* task = (void*)bpf_get_current_task();
  return BPF_CORE_READ(task, no_such_field);
}

SEC("raw_tp/sched_process_exec")
int kernel_pointer(void* ctx) {
  char* task = (void*)bpf_get_current_task();
  return *task;
}

static __noinline int called(unsigned long long* count) {
  return *count + 1;
}

SEC("tc")
int refused_in_function(struct __sk_buff* skb) {
  unsigned int key = skb->mark;
  return called(bpf_map_lookup_elem(&counts, &key)) + called(bpf_map_lookup_elem(&counts, &key));
}

SEC("tc")
int uninitialised(struct __sk_buff* skb) {
  int result;
  asm volatile("%0 = r7" : "=r"(result));
  return result;
}

SEC("tc")
int wrong_map(struct __sk_buff* skb) {
  return bpf_ringbuf_reserve(&counts, 8, 0) != 0;
}
