#!/bin/sh
# Under sudo, the tool opens its input as root and writes as the user: `privileges.sh BPFBUILD`.
# Ends with 77, which ctest takes for "skipped", when it is not root itself.
set -eu
bpfbuild=$1
[ "$(id -u)" -eq 0 ] || { echo "skipped: needs root"; exit 77; }
[ -r /sys/kernel/btf/vmlinux ] || { echo "skipped: needs the BTF of the kernel"; exit 77; }

user=65534
group=65533
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
chown "$user:$group" "$directory"
as_sudo() { SUDO_UID=$user SUDO_GID=$group "$bpfbuild" header "$@"; }
fail() { echo "failed: $1"; exit 1; }

cp /sys/kernel/btf/vmlinux "$directory/secret.btf"
chmod 600 "$directory/secret.btf"
cp "$directory/secret.btf" "$directory/roots.btf"
chmod 600 "$directory/roots.btf"

as_sudo --btf "$directory/secret.btf" --type task_struct:pid -o "$directory/types.h"
[ "$(stat -c %u:%g "$directory/types.h")" = "$user:$group" ] || fail "the header belongs to another user"

mkdir "$directory/roots"
if as_sudo --type task_struct:pid -o "$directory/roots/types.h" 2>/dev/null; then
  fail "a directory of root's was written to"
fi

if SUDO_UID=x SUDO_GID=$group "$bpfbuild" header --type task_struct:pid >"$directory/out" 2>"$directory/message"; then
  fail "a SUDO_UID that is no number was accepted"
fi
grep -q "SUDO_UID is 'x', expected a number; run it through sudo" "$directory/message" || fail "no message"
[ ! -s "$directory/out" ] || fail "something was written before root was given up"

setpriv --reuid "$user" --regid "$group" --clear-groups \
  "$bpfbuild" header --btf "$directory/roots.btf" --type task_struct:pid 2>"$directory/message" && fail "no error"
grep -qx "bpfbuild: $directory/roots.btf: cannot open: Permission denied; run the command with sudo if only root may \
read it" "$directory/message" || fail "no word of sudo: $(cat "$directory/message")"

# shellcheck disable=SC2016 # for the inner shell
unshare --mount sh -c 'mount -t tmpfs none /sys/kernel/btf && "$1" header --type task_struct' - "$bpfbuild" \
  2>"$directory/message" && fail "no error"
grep -qx "bpfbuild: /sys/kernel/btf/vmlinux: this kernel shows no BTF: it was built without CONFIG_DEBUG_INFO_BTF, or \
/sys is not mounted; name another file with --btf" "$directory/message" || fail "no word of a kernel without BTF"

events=/sys/kernel/tracing/events
if [ -d "$events/sched/sched_switch" ]; then
  as_sudo --tracepoint sched:sched_switch -o "$directory/tracepoints.h"
  [ "$(stat -c %u:%g "$directory/tracepoints.h")" = "$user:$group" ] || fail "the header belongs to another user"
  grep -q 'struct sched_switch_args {' "$directory/tracepoints.h" || fail "no tracepoint in the header"

  setpriv --reuid "$user" --regid "$group" --clear-groups \
    "$bpfbuild" header --tracepoint sched:sched_switch 2>"$directory/message" && fail "no error"
  grep -qx "bpfbuild: $events: cannot read: Permission denied; run the command with sudo if only root may read it" \
    "$directory/message" || fail "no word of sudo: $(cat "$directory/message")"

  # shellcheck disable=SC2016 # for the inner shell
  unshare --mount sh -c 'umount -l /sys/kernel/tracing && mount -t tmpfs none /sys/kernel/debug &&
    "$1" header --tracepoint sched:sched_switch' - "$bpfbuild" 2>"$directory/message" && fail "no error"
  grep -qx "bpfbuild: --tracepoint 'sched:sched_switch': '$events' does not exist: tracefs is not mounted; run: mount -t \
tracefs tracefs /sys/kernel/tracing, or name a saved copy with --tracepoints-from" "$directory/message" ||
    fail "no word of tracefs: $(cat "$directory/message")"
fi

"$bpfbuild" header --type task_struct:pid -o "$directory/roots/types.h"
[ "$(stat -c %u "$directory/roots/types.h")" = 0 ] || fail "root without sudo is no longer root"
