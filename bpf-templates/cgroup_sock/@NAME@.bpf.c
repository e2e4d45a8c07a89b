/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { REFUSE, ALLOW };

SEC("cgroup/sock_create")
int on_socket(struct bpf_sock* socket) {
  char name[16];
  bpf_get_current_comm(name, sizeof(name));
  bpf_info("process '%s' makes a socket of family %d, type %d", name, socket->family, socket->type);
  if (settings.refused_family == 0 || socket->family != settings.refused_family) return ALLOW;
  bpf_info("refused process '%s' a socket of family %d", name, socket->family);
  return REFUSE;
}
