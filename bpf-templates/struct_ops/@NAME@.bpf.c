/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* The functions that the kernel calls, each with the arguments of its member in struct tcp_congestion_ops. Arguments are
 * read as if they were the program's own memory; what of them may be written, the kernel decides. */
SEC("struct_ops/start")
void BPF_PROG(start, struct sock* sock) {
  ((struct tcp_sock*)sock)->snd_cwnd = settings.window;
  bpf_info("a connection starts, with a window of %d packets", settings.window);
}

SEC("struct_ops/keep_window")
void BPF_PROG(keep_window, struct sock* sock, __u32 acknowledgement, __u32 acknowledged) {
  ((struct tcp_sock*)sock)->snd_cwnd = settings.window;
}

SEC("struct_ops/threshold_after_loss")
__u32 BPF_PROG(threshold_after_loss, struct sock* sock) { return settings.window; }

SEC("struct_ops/window_after_all")
__u32 BPF_PROG(window_after_all, struct sock* sock) { return settings.window; }

SEC(".struct_ops")
struct tcp_congestion_ops fixed_window = {
    .init = (void*)start,
    .cong_avoid = (void*)keep_window,
    .ssthresh = (void*)threshold_after_loss,
    .undo_cwnd = (void*)window_after_all,
    .name = "bpf_fixed",
};
