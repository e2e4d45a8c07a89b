/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { REFUSE, ALLOW };
enum { AF_INET = 2 };

/* Other hooks are those of <linux/lsm_hook_defs.h> that have a socket. */
SEC("lsm_cgroup/socket_bind")
int BPF_PROG(on_bind, struct socket* socket, struct sockaddr* address, int size) {
  if (BPF_CORE_READ(address, sa_family) != AF_INET) return ALLOW;
  const __u16 port = bpf_ntohs(BPF_CORE_READ((struct sockaddr_in*)address, sin_port));
  bpf_info("a socket is bound to port %d", port);
  if (settings.refused_port == 0 || port != settings.refused_port) return ALLOW;
  bpf_info("refused port %d", port);
  return REFUSE;
}
