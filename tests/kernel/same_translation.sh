#!/usr/bin/env bash
# same_translation.sh BPFBUILD CLANG BPFTOOL INCLUDE: programs that are compiled with all types of
# the running kernel, and with the header made for them, are the same to it: it
# translates both into the same instructions.
set -euo pipefail
bpfbuild=$1 clang=$2 bpftool=$3 include=$4

skip() { echo "SKIPPED: $1"; exit 77; }
[ -e /sys/kernel/btf/vmlinux ] || skip 'needs a kernel with BTF'
sudo=
if [ "$(id -u)" != 0 ]; then
  sudo='sudo -n'
  $sudo true 2>/dev/null || skip 'needs root, or sudo that asks for no password'
fi

work=$(mktemp -d)
bpffs=/sys/fs/bpf/bpfbuild-$$
trap 'rm -rf "$work"; $sudo rm -rf "$bpffs"' EXIT
mkdir "$work/full" "$work/slim"
"$bpfbuild" header --full -o "$work/full/vmlinux.h"
cat >"$work/program.bpf.c" <<'C'
#include "vmlinux.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

struct task_struct___old { long state; } __attribute__((preserve_access_index));

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 64);
  __type(key, struct timespec64);
  __type(value, struct task_struct*);
} times SEC(".maps");

static __noinline int sizes(struct task_struct* task) {
  return sizeof(struct cred) + bpf_core_type_size(struct inode) + bpf_core_field_size(task->comm) +
         bpf_core_type_exists(struct task_struct___old) + bpf_core_enum_value(enum bpf_map_type, BPF_MAP_TYPE_RINGBUF);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(executed, struct task_struct* task, int old_pid, struct linux_binprm* program) {
  struct timespec64 time = {.tv_sec = BPF_CORE_READ(task, start_time)};
  char name[16];
  bpf_core_read_str(name, sizeof name, program->filename);
  bpf_map_update_elem(&times, &time, &task, BPF_ANY);
  return name[0] + task->mm->exe_file->f_flags + BPF_CORE_READ_BITFIELD_PROBED(task, in_execve) + sizes(task);
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(ended, struct task_struct* task) {
  struct task_struct___old* old = (void*)task;
  return BPF_CORE_READ(task, real_parent, cred, uid.val) + task->signal->nr_threads +
         (bpf_core_field_exists(old->state) ? 1 : 2);
}

SEC("tracepoint/sched/sched_process_fork")
int forked(struct trace_event_raw_sched_process_fork* context) { return context->child_pid; }

SEC("socket")
int packet(struct __sk_buff* skb) { return skb->len + skb->protocol; }
C
sed -i 's/struct event_filter\*/struct task_struct*/' "$work/program.bpf.c"

flags=(-mcpu=v3 "-I$include" -idirafter "/usr/include/$(uname -m)-linux-gnu")
(cd "$work" && "$bpfbuild" header --clang "$clang" --source program.bpf.c --prove -o slim/vmlinux.h -- "${flags[@]}")
$sudo mkdir -p "$bpffs"
for variant in full slim; do
  "$clang" --target=bpf -g -O2 "${flags[@]}" "-I$work/$variant" -c "$work/program.bpf.c" -o "$work/$variant.o"
  $sudo "$bpftool" prog loadall "$work/$variant.o" "$bpffs/$variant" || {
    # A kernel without a hook refuses both, and says nothing of the header.
    [ "$variant" = slim ] || skip 'this kernel does not load the programs'
    exit 1
  }
  for program in executed ended forked packet; do
    # Maps and line numbers have numbers of their own in each.
    $sudo "$bpftool" prog dump xlated pinned "$bpffs/$variant/$program" linum |
      sed -E 's/map\[id:[0-9]+\]/map/; /^;/d' >"$work/$variant.$program"
    [ -s "$work/$variant.$program" ] || { echo "FAILED: $program has no instructions"; exit 1; }
  done
done
for program in executed ended forked packet; do
  diff "$work/full.$program" "$work/slim.$program" || { echo "FAILED: $program is another program"; exit 1; }
done
