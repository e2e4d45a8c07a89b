#!/usr/bin/env bash
# doctor.sh BPFBUILD: `bpfbuild doctor` as its users meet it, with rights and without. Needs to be root.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
chmod 755 "$directory"
# Where users without rights may start it.
bpfbuild=$directory/bpfbuild
cp "$1" "$bpfbuild"
output=$directory/output
user=12345
unset BPFCC

fail() {
  echo "FAILED: $1" >&2
  sed 's/^/| /' "$output" >&2
  exit 1
}

# run STATUS COMMAND...: runs the command, which is to end with this status.
run() {
  local expected=$1 status=0
  shift
  "$@" >"$output" 2>&1 || status=$?
  [ "$status" = "$expected" ] || fail "$* ends with $status, not $expected"
}

# The machine that has built these tests can build.
run 0 "$bpfbuild" doctor
grep -q '^  ok  *trial  *a program was compiled, linked and given a skeleton$' "$output" || fail 'no trial'
grep -q '^  ok  *rights  *CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN$' "$output" || fail 'root has no rights'
grep -q '^  ok  *program types  *[1-9][0-9]*, all that libbpf knows' "$output" || fail 'no program types'
grep -q '^Objects can be built here$' "$output" || fail 'no verdict'
! grep -q $'\033' "$output" || fail 'colours in a file'
run 0 env CLICOLOR_FORCE=1 "$bpfbuild" doctor
grep -q $'^  \033\[32mok      \033\[0m  cmake ' "$output" || fail 'no colours'
run 0 env CLICOLOR_FORCE=1 NO_COLOR=1 "$bpfbuild" doctor
! grep -q $'\033' "$output" || fail 'colours in spite of NO_COLOR'

run 0 "$bpfbuild" doctor --format json
for line in '"can_build": true' '"socket_filter": true' '"hash": true' '"map_lookup_elem": \['; do
  grep -q "^  *$line" "$output" || fail "no $line"
done
# Of which libbpf 1.1 does not know, for the verifier words it otherwise today.
[ ! -e /sys/kernel/btf/vmlinux ] || grep -q '"tracing/tp_btf": true' "$output" || fail 'no programs for tracepoints with types'
! grep -q 'trace_printk\|probe_write_user' "$output" || fail 'helpers were tried that leave traces in the log of the kernel'

run 0 setpriv --reuid "$user" --regid "$user" --clear-groups "$bpfbuild" doctor
grep -q '^  missing  *rights  *this process has not CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN$' "$output" || fail 'no word of rights'
grep -q '^  unknown  *features ' "$output" || fail 'features are told without rights to find them out'
grep -q '^  *-> sudo bpfbuild doctor$' "$output" || fail 'no word of sudo'

# What PATH and BPFCC name is run as the user who called sudo.
mkdir "$directory/user"
chown "$user" "$directory/user"
cat >"$directory/clang" <<SCRIPT
#!/bin/sh
id -u >>"$directory/user/ids"
echo 'clang version 9.0.1'
SCRIPT
chmod 755 "$directory/clang"
run 1 env BPFCC="$directory/clang" SUDO_UID="$user" SUDO_GID="$user" "$bpfbuild" doctor
grep -q "^  missing  *clang  *clang 9.0.1 at '$directory/clang' is too old; [0-9]* or newer is needed\$" "$output" ||
  fail 'an old clang is not told'
grep -q '^  unknown  *trial ' "$output" || fail 'a trial without clang'
grep -q '^  ok  *rights ' "$output" || fail 'root under sudo has no rights'
grep -q '^Objects cannot be built here: ' "$output" || fail 'no verdict'
[ "$(sort -u "$directory/user/ids")" = "$user" ] || fail 'a program of the user was run as root'
