#include "one.h"
#include "vmlinux.h"

SECTION("tp_btf/sched_process_exit")
int spaced(unsigned long long* arguments) {
  struct task_struct* task = (struct task_struct*)arguments[0];
  return task->real_parent->tgid + task->DEFINED_FIELD + task->FIELD_WHEN_DEBUGGED + task->OPTION_FIELD +
         task->FLAG_FIELD + task->FIELD_OF_HEADER + task->FIELD_OF_CONFIGURATION;
}
