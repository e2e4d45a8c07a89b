#!/bin/sh
# s390x.sh BPFBUILD SOURCE WORK: a program for big-endian s390x runs in a virtual machine. SOURCE is tests/vm/guest.cpp.
set -eu
bpfbuild=$1 source=$2 work=$3
kernel=debian:bookworm/s390x
command -v s390x-linux-gnu-g++ >/dev/null || { echo 'SKIPPED: needs s390x-linux-gnu-g++'; exit 77; }
mkdir -p "$work"
s390x-linux-gnu-g++ -std=c++17 "$source" -o "$work/guest"
"$bpfbuild" fetch "$kernel"
status=0
"$bpfbuild" vm --kernel "$kernel" -- "$work/guest" >"$work/output" || status=$?
cat "$work/output"
[ "$status" != 0 ] || grep -q "^it runs\$" "$work/output"
exit $status
