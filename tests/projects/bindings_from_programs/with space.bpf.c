#include "vmlinux.h"

SECTION("tp_btf/sched_process_exit")
int spaced(unsigned long long* arguments) {
  struct task_struct* task = (struct task_struct*)arguments[0];
  return task->real_parent->tgid;
}
