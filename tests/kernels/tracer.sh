#!/bin/sh
# tracer.sh KERNEL BPFBUILD TRACER OBJECT REFUSED [TOOL]: the execve tracer on a kernel, in a virtual machine: it tells of
# what is executed; the verifier takes its OBJECT; and what this kernel refuses, programs of REFUSED, is explained. TOOL
# is bpfbuild for the kernel's architecture, if that is not this machine's.
set -eu
kernel=$1 bpfbuild=$2 tracer=$3 object=$4 refused=$5 tool=${6:-}
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

for program in "$tracer" ${tool:+"$tool"}; do
  [ -e "$program" ] || { echo "SKIPPED: '$program' was not built"; exit 77; }
done
run 0 fetch "$kernel"
run 0 vm --kernel "$kernel" -- "$tracer" -- "$tracer" --help
cat "$output"
grep -q "^EXEC: process 'execve-tracer' (parent PID: [0-9]*)\$" "$output" || fail 'it does not tell of itself'
if [ -n "$tool" ]; then
  status=0
  "$bpfbuild" verify --kernel "$kernel" "$object" >"$output" 2>"$errors" || status=$?
  [ "$status" = 77 ] || fail "without a tool for the kernel's architecture it ends with $status, not 77"
  grep -Eq "there is no bpfbuild for [a-z0-9]* to run there; build one and name it with --guest-tool, in CMake in BPFBUILD_GUEST_TOOLS\$" \
    "$errors" || fail 'it does not say that it lacks a tool'
fi
run 0 verify --kernel "$kernel" ${tool:+--guest-tool "$tool"} "$object"
grep -Eq '^trace_exec  [0-9.]+ [a-z0-9_]+ +accepted +[0-9]+ ' "$output" || fail 'no verdict on the tracer'
cat "$output"
run 1 verify --kernel "$kernel" ${tool:+--guest-tool "$tool"} "$refused"
grep -Eq '^accepted +[0-9.]+ [a-z0-9_]+ +accepted ' "$output" || fail 'what is accepted has no line'
grep -Eq '^null_check +[0-9.]+ [a-z0-9_]+ +refused$' "$output" || fail 'what is refused has no line'
grep -q '^  hint: the pointer may be null here' "$output" || fail 'no hint'
