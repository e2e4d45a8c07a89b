/* A program of each type that may use ring buffers; they are loaded only, for what counts is the verifier. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include <bpfbuild/log.bpf.h>

char LICENSE[] SEC("license") = "GPL";

char text[8] = "text";

#define LOGGING_PROGRAM(section, name)                             \
  SEC(section)                                                     \
  int name(void* ctx) {                                            \
    const char* pointer = text;                                    \
    bpf_info(section " %d %s %s %ps", 1, text, pointer, (void*)8); \
    bpf_info_ratelimited(section);                                 \
    return 0;                                                      \
  }

LOGGING_PROGRAM("socket", socket_filter)
LOGGING_PROGRAM("tc", classifier)
LOGGING_PROGRAM("action", action_program)
LOGGING_PROGRAM("xdp", xdp_program)
LOGGING_PROGRAM("tracepoint/sched/sched_process_exec", tracepoint)
LOGGING_PROGRAM("raw_tp/sched_process_exec", raw_tracepoint)
LOGGING_PROGRAM("tp_btf/sched_process_exec", btf_tracepoint)
LOGGING_PROGRAM("perf_event", perf_program)
LOGGING_PROGRAM("kprobe/do_unlinkat", kprobe)
LOGGING_PROGRAM("cgroup_skb/ingress", cgroup_ingress)
LOGGING_PROGRAM("cgroup/dev", cgroup_device)
LOGGING_PROGRAM("cgroup/sysctl", cgroup_sysctl)
LOGGING_PROGRAM("sockops", socket_operations)
LOGGING_PROGRAM("lwt_in", lightweight_tunnel)
LOGGING_PROGRAM("flow_dissector", dissector)
LOGGING_PROGRAM("sk_skb/stream_verdict", stream_verdict)
LOGGING_PROGRAM("sk_skb/stream_parser", stream_parser)
LOGGING_PROGRAM("sk_msg", socket_message)
LOGGING_PROGRAM("sk_lookup", socket_lookup)
LOGGING_PROGRAM("sk_reuseport", socket_reuse)
LOGGING_PROGRAM("cgroup/connect4", cgroup_connect)
LOGGING_PROGRAM("cgroup/getsockopt", cgroup_get_option)
LOGGING_PROGRAM("cgroup/sock_create", cgroup_socket)
LOGGING_PROGRAM("lwt_xmit", lightweight_transmit)
LOGGING_PROGRAM("lwt_seg6local", lightweight_segment)
LOGGING_PROGRAM("uprobe", user_probe)
LOGGING_PROGRAM("fentry/bpf_fentry_test1", function_entry)
LOGGING_PROGRAM("fexit/bpf_fentry_test1", function_exit)
LOGGING_PROGRAM("lsm/file_open", security_hook)
LOGGING_PROGRAM("iter/task", task_iterator)
LOGGING_PROGRAM("syscall", system_call)
