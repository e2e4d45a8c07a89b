#!/usr/bin/env bash
# execve_tracer.sh TRACER: the tracer tells of a started ls with its parent's PID.
# shellcheck disable=SC2016 # what is in single quotes is for an inner shell
set -euo pipefail
tracer=$1

fail() {
  echo "FAILED: $1" >&2
  sed 's/^/| /' "$output" "$errors" >&2
  exit 1
}

output=$(mktemp) errors=$(mktemp)
trap 'rm -f "$output" "$errors"' EXIT

"$tracer" --help >"$output" 2>"$errors" || fail '--help does not work'
grep -q '^Usage: execve-tracer' "$output" || fail '--help prints no usage'
status=0
"$tracer" --no-such-option >"$output" 2>"$errors" || status=$?
[ "$status" = 2 ] || fail "an unknown option ends with $status, not 2"
grep -q "^execve-tracer: unexpected argument '--no-such-option'" "$errors" || fail 'an unknown option is not told'

sudo=
if [ "$(id -u)" != 0 ]; then
  status=0
  "$tracer" >"$output" 2>"$errors" || status=$?
  [ "$status" = 1 ] || fail "without root it ends with $status, not 1"
  grep -q 'it needs root: run it with sudo$' "$errors" || fail 'without root it does not say so'
  sudo='sudo -n'
  $sudo true 2>/dev/null || { echo 'SKIPPED: needs root, or sudo that asks for no password'; exit 77; }
elif command -v setpriv >/dev/null; then
  status=0
  setpriv --reuid 12345 --clear-groups "$tracer" >"$output" 2>"$errors" || status=$?
  # Where others may not enter the build directory there is nothing to start.
  [ "$status" -ge 126 ] || grep -q 'it needs root: run it with sudo$' "$errors" ||
    fail 'without root it does not say so'
fi

# With a command: it runs it, and ends as the command ends. The shell is the parent of ls.
status=0
$sudo env BPF_LOG=debug "$tracer" -- sh -c 'echo "shell $$"; ls -d / ; exit 3' >"$output" 2>"$errors" || status=$?
[ "$status" = 3 ] || fail "it ends with $status, not with its command's 3"
shell=$(sed -n 's/^shell //p' "$output")
grep -q "^EXEC: process 'ls' (parent PID: $shell)\$" "$output" ||
  fail "no line for ls with parent PID $shell"
grep -q "^it has PID [0-9]* and belongs to user 0\$" "$output" ||
  fail 'BPF_LOG=debug tells no more'

# Without one: until Ctrl-C; and it tells of processes that it has not started.
$sudo "$tracer" >"$output" 2>"$errors" &
job=$!
for _ in $(seq 100); do
  grep -q 'press Ctrl-C' "$errors" && break
  sleep 0.1
done
ls -d / >/dev/null
for _ in $(seq 100); do
  grep -q "^EXEC: process 'ls' (parent PID: $$)\$" "$output" && break
  sleep 0.1
done
$sudo kill -INT "$job"
status=0
wait "$job" || status=$?
[ "$status" = 0 ] || fail "after Ctrl-C it ends with $status, not 0"
grep -q "^EXEC: process 'ls' (parent PID: $$)\$" "$output" || fail "no line for ls with parent PID $$"

# The name of a program steers no terminal; nor is there more by default.
folder=$(mktemp -d)
red=$folder/$(printf '\033[31mred')
cp "$(type -P true)" "$red"
$sudo "$tracer" -- "$red" >"$output" 2>"$errors" || true
rm -rf "$folder"
grep -q "EXEC: process '\\\\x1b\[31mred' " "$output" || fail 'an escape sequence in a name is printed as it is'
! grep -q ' debug ' "$output" || fail 'debugging is on by default'

# In a view of the file system that can be changed without anybody else noticing.
aside() {
  $sudo unshare --mount --propagation unchanged sh -c "mount --make-rslave /sys && $1" - "$tracer" \
    >"$output" 2>"$errors"
}

# What the kernel lacks is told.
status=0
aside 'mount -t tmpfs none /sys/kernel/btf && "$1" -- true' || status=$?
[ "$status" = 1 ] || fail "without BTF it ends with $status, not 1"
grep -q 'this kernel has no BTF (/sys/kernel/btf/vmlinux)' "$errors" || fail 'without BTF it does not say so'

# tracefs that is not mounted, as in containers, gets mounted.
aside '{ umount -l /sys/kernel/tracing; "$1" -- ls -d /; }' || fail 'it does not run without tracefs'
grep -q "^EXEC: process 'ls'" "$output" || fail 'no line for ls without tracefs'
