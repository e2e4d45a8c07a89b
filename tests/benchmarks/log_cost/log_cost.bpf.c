/* The same message in four ways, and the work that it takes to get at its contents. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include <bpfbuild/log.bpf.h>

char LICENSE[] SEC("license") = "GPL";

struct event {
  unsigned long long time;
  unsigned int pid;
  char comm[16];
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 1024 * 1024);
} events SEC(".maps");

SEC("tc")
int nothing(struct __sk_buff* skb) {
  char comm[16];
  bpf_get_current_comm(comm, sizeof(comm));
  return comm[0] + bpf_get_current_pid_tgid();
}

SEC("tc")
int by_hand(struct __sk_buff* skb) {
  struct event* event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
  if (!event) return 1;
  event->time = bpf_ktime_get_ns();
  event->pid = bpf_get_current_pid_tgid() >> 32;
  bpf_get_current_comm(event->comm, sizeof(event->comm));
  bpf_ringbuf_submit(event, 0);
  return 0;
}

SEC("tc")
int logged(struct __sk_buff* skb) {
  char comm[16];
  bpf_get_current_comm(comm, sizeof(comm));
  bpf_info("process '%s' (PID: %d)", comm, (int)(bpf_get_current_pid_tgid() >> 32));
  return 0;
}

SEC("tc")
int turned_off(struct __sk_buff* skb) {
  char comm[16];
  bpf_get_current_comm(comm, sizeof(comm));
  bpf_debug("process '%s' (PID: %d)", comm, 1);
  return comm[0] + bpf_get_current_pid_tgid();
}

SEC("tc")
int printed(struct __sk_buff* skb) {
  char comm[16];
  bpf_get_current_comm(comm, sizeof(comm));
  bpf_printk("process '%s' (PID: %d)", comm, (int)(bpf_get_current_pid_tgid() >> 32));
  return 0;
}
