#!/usr/bin/env bash
# commands.sh BPFBUILD BPFTOOL REFUSED MAP_TYPE UNSET_SIZES LOGGING TRACER: `bpfbuild verify` and `bpfbuild log`, as their users meet
# them. TRACER is the object of the example, the others are of the tests here.
set -euo pipefail
bpfbuild=$1 bpftool=$2 refused=$3 map_type=$4 unset_sizes=$5 logging=$6 tracer=$7
output=$(mktemp) errors=$(mktemp)
pins=/sys/fs/bpf/bpfbuild_test_$$
trap 'rm -rf "$output" "$errors" "$pins"' EXIT

fail() {
  echo "FAILED: $1" >&2
  sed 's/^/| /' "$output" "$errors" >&2
  exit 1
}

# run STATUS ARGUMENT...: runs the tool, which is to end with this status.
run() {
  local expected=$1 status=0
  shift
  "$bpfbuild" "$@" >"$output" 2>"$errors" || status=$?
  [ "$status" = "$expected" ] || fail "bpfbuild $* ends with $status, not $expected"
}

on_one_line() { tr -s '\n ' ' ' <"$output"; }

run 0 verify "$tracer"
grep -q '^trace_exec  [0-9.]* [a-z0-9_]*  *accepted  *[0-9][0-9]*  *[0-9][0-9]*  *[0-9+]*  *[0-9][0-9]*  *[0-9.]* [mu]s$' "$output" ||
  fail 'an accepted program has no line'
run 0 verify --format json "$tracer"
on_one_line | grep -q '"object": "tracer", "program": "trace_exec", "kernel": "[^"]*", "verdict": "accepted", "instructions": [1-9]' ||
  fail 'no JSON'

# One that is refused keeps no other from being verified.
run 1 verify "$refused"
grep -q '^accepted  *[0-9.]* [a-z0-9_]*  *accepted ' "$output" || fail 'the accepted program has no line'
grep -q '^null_check  *[0-9.]* [a-z0-9_]*  *refused$' "$output" || fail 'the refused program has no line'
grep -q '^  at refused.bpf.c:[0-9]*: return \*count;$' "$output" || fail 'no source line'
grep -q '^  hint: the pointer may be null here' "$output" || fail 'no hint'
grep -q 'load_refused.bpf.o: [0-9]* of [0-9]* programs refused$' "$errors" || fail 'no summary'
run 1 verify --format json --program null_check "$refused"
on_one_line | grep -q '"verdict": "refused", "what": "[^"]*", "reason": "R0 invalid mem access' || fail 'no JSON of a refused program'
! grep -q accepted "$output" || fail '--program verifies others as well'
run 1 verify --full-log --program unbounded_loop "$refused"
grep -q 'BEGIN PROG LOAD LOG' "$output" || fail '--full-log does not print all'

# What keeps all programs of an object from being loaded is told once.
run 1 verify "$map_type"
[ "$(grep -c "map 'unknown': failed to create" "$output")" = 1 ] || fail 'a map that cannot be created is not told once'
[ "$(grep -c ' refused$' "$output")" = 2 ] || fail 'not both programs are refused'

# Sizes of maps that user space is to set do not matter to the verifier.
run 0 verify "$unset_sizes"
[ "$(grep -c ' accepted ' "$output")" = 3 ] || fail 'programs with maps without sizes are not accepted'
given='counts (max_entries 1), stacks (value_size 32), events (max_entries [0-9]*)'
[ "$(grep -cx "load_unset_sizes: maps that have no size were given one: $given" "$output")" = 1 ] ||
  fail 'the sizes are not told once'
run 0 verify --format json --program sends "$unset_sizes"
on_one_line | grep -q '"given_sizes": "'"$given" || fail 'no JSON of the sizes'

run 1 verify --program nul_check "$refused"
grep -q "no program 'nul_check'; did you mean 'null_check'?$" "$errors" || fail 'a mistyped program is not told'
run 1 verify /no/such.bpf.o
grep -q "/no/such.bpf.o: .*No such file or directory" "$errors" || fail 'a missing file is not told'
run 1 verify "$0"
grep -q "$0: " "$errors" || fail 'a file that is no object is not told'
run 2 verify --format xml "$tracer"
if command -v setpriv >/dev/null; then
  status=0
  setpriv --reuid 12345 --clear-groups "$bpfbuild" verify "$tracer" >"$output" 2>"$errors" || status=$?
  # Where others may not enter the build directory there is nothing to start.
  [ "$status" -ge 126 ] || grep -q 'it needs root: run it with sudo$\|Permission denied$' "$errors" ||
    fail 'without root it does not say so'
fi

run 1 log "$logging"
grep -q 'log_writers.bpf.o: no program of it is running and logs; load it first$' "$errors" || fail 'that none runs is not told'
run 1 log "$refused"
grep -q 'load_refused.bpf.o: this object does not log$' "$errors" || fail 'an object that does not log is not told'
run 1 log --map "$pins/none"
grep -q -- "--map '$pins/none': no map is pinned there" "$errors" || fail 'a path without a map is not told'

# Of programs that nobody reads: pinned by bpftool, which has ended by then.
mountpoint -q /sys/fs/bpf || mount -t bpf bpf /sys/fs/bpf
"$bpftool" prog loadall "$logging" "$pins" pinmaps "$pins/maps" 2>"$errors" || fail 'bpftool cannot load the object'
map=$("$bpftool" map show pinned "$pins/maps/bpf_log" | sed -n 's/^\([0-9]*\):.*/\1/p')
head -c 64 /dev/zero >"$errors.packet"

BPF_LOG=loud run 2 log "$logging"
grep -q "BPF_LOG: 'loud': unknown level" "$errors" || fail 'a mistyped level is not told'

# follow ARGUMENT...: follows until a record has come.
follow() {
  "$bpfbuild" log "$@" >"$output" 2>"$errors" &
  local job=$!
  for _ in $(seq 100); do
    "$bpftool" prog run pinned "$pins/writer" data_in "$errors.packet" >/dev/null 2>&1 || true
    sleep 0.1
    [ -s "$output" ] && break
    kill -0 "$job" 2>/dev/null || break
  done
  kill -INT "$job" 2>/dev/null || true
  local status=0
  wait "$job" || status=$?
  [ "$status" = 0 ] || fail "bpfbuild log $* ends with $status after Ctrl-C, not 0"
}

for arguments in "$logging" "--map $map" "--map $pins/maps/bpf_log" ""; do
  # shellcheck disable=SC2086 # the arguments are words
  follow $arguments
  grep -q ' info  writer writers.bpf.c:[0-9]*: writer 0 record 0$' "$output" || fail "bpfbuild log $arguments shows no record"
done
follow --format json "$logging"
grep -q '"level":"info","program":"writer","file":".*writers.bpf.c","line":[0-9]*,"message":"writer 0 record 0"}$' "$output" ||
  fail 'no JSON of a record'
rm -f "$errors.packet"
