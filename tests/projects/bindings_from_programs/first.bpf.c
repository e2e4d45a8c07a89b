#include "vmlinux.h"

#include "of_source.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SECTION("license") = "GPL";
const char text[] = TEXT;
#ifndef FLAG_OF_TARGET
#error "a flag was lost"
#endif

SECTION("tp_btf/sched_process_exec")
int first(unsigned long long* arguments) {
  struct task_struct* task = (struct task_struct*)arguments[0];
  char name[16];
  BPF_CORE_READ_STR_INTO(&name, task, FIELD);
  return name[0] + BPF_CORE_READ(task, FROM_DIRECTORY) + bpf_core_type_exists(struct cred);
}
