/* Linked with formats.bpf.c: its sites keep their texts, and there is one ring buffer and one level. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include <bpfbuild/log.bpf.h>

#include "shared.h"

int other_file(int value) {
  bpf_info("other file: %d", value);
  log_in_header(value);
  not_inlined(value);
  return 0;
}
