/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

enum { EPERM = 1 };

static int is_forbidden(const char* name) {
  for (int i = 0; i < (int)sizeof(settings.forbidden); ++i) {
    if (name[i] != settings.forbidden[i]) return 0;
    if (name[i] == 0) return i > 0;
  }
  return 0;
}

/* `result` is what programs that were attached earlier say. */
SEC("lsm/file_open")
int BPF_PROG(on_open, struct file* file, int result) {
  char name[sizeof(settings.forbidden)];
  if (result != 0 || bpf_probe_read_kernel_str(name, sizeof(name), file->f_path.dentry->d_name.name) <= 0) return result;
  if (!is_forbidden(name)) {
    bpf_info_ratelimited("'%s' is opened", name);
    return 0;
  }
  bpf_info("'%s' is not opened, since that is forbidden", name);
  return -EPERM;
}
