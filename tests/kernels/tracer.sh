#!/bin/sh
# tracer.sh KERNEL BPFBUILD TRACER [OBJECT REFUSED]: the execve tracer on a kernel, in a virtual machine: it tells of what
# is executed; the verifier takes its OBJECT; and what this kernel refuses, programs of REFUSED, is explained.
set -eu
kernel=$1 bpfbuild=$2 tracer=$3 object=${4:-} refused=${5:-}
output=$(mktemp) errors=$(mktemp)
trap 'rm -f "$output" "$errors"' EXIT

fail() {
  echo "FAILED: $1" >&2
  sed 's/^/| /' "$output" "$errors" >&2
  exit 1
}
# run STATUS ARGUMENT...: runs the tool, which is to end with this status.
run() {
  expected=$1
  shift
  status=0
  "$bpfbuild" "$@" >"$output" 2>"$errors" || status=$?
  [ "$status" != 77 ] || { cat "$errors"; exit 77; }
  [ "$status" = "$expected" ] || fail "bpfbuild $* ends with $status, not $expected"
}

[ -e "$tracer" ] || { echo 'SKIPPED: the tracer was not built'; exit 77; }
run 0 fetch "$kernel"
run 0 vm --kernel "$kernel" -- "$tracer" -- "$tracer" --help
cat "$output"
grep -q "^EXEC: process 'execve-tracer' (parent PID: [0-9]*)\$" "$output" || fail 'it does not tell of itself'
[ -n "$object" ] || exit 0
run 0 verify --kernel "$kernel" "$object"
grep -Eq '^trace_exec  [0-9.]+ [a-z0-9_]+ +accepted +[0-9]+ ' "$output" || fail 'no verdict on the tracer'
cat "$output"
run 1 verify --kernel "$kernel" "$refused"
grep -Eq '^accepted +[0-9.]+ [a-z0-9_]+ +accepted ' "$output" || fail 'what is accepted has no line'
grep -Eq '^null_check +[0-9.]+ [a-z0-9_]+ +refused$' "$output" || fail 'what is refused has no line'
grep -q '^  hint: the pointer may be null here' "$output" || fail 'no hint'
