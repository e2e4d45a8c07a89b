#!/bin/sh
# verdicts.sh CLANG INCLUDE VERDICTS WORK [BTF...]: every case of cases.bpf.c with every kernel of kernel_types.c, and with
# each BTF: what `bpfbuild compat` says of them is what loading them says. INCLUDE has libbpf's headers, VERDICTS is the
# program that compares. Each case is compiled in two ways, for compilers form guards in different ones.
set -eu
clang=$1 include=$2 verdicts=$3 work=$4
shift 4
here=$(dirname "$(realpath "$0")")
rm -rf "$work"
mkdir -p "$work"
cd "$work"

for kernel in old new twin same narrow far bare; do
  "$clang" -target bpf -g -O2 "-DKERNEL=$kernel" -c "$here/kernel_types.c" -o "$kernel.btf.o"
done
for case in $(sed -n 's/.*CASE == \([0-9]*\).*/\1/p' "$here/cases.bpf.c" | sort -nu); do
  name=case
  [ "$case" != 180 ] || name=unknown
  for way in '-O2 -mcpu=v3' '-O1 -mcpu=v1'; do
    # shellcheck disable=SC2086 # two flags
    "$clang" -target bpf -g $way "-DCASE=$case" -Wall -Werror -Wno-unused-function "-I$include" \
      -idirafter "/usr/include/$(uname -m)-linux-gnu" -c "$here/cases.bpf.c" -o "${name}_$case${way%% *}.o"
  done
done
"$verdicts" ./*.btf.o "$@" -- ./case_*.o ./unknown_*.o
