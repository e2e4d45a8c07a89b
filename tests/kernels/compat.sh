#!/bin/sh
# compat.sh SUITE BPFBUILD RAW_BTF VERDICTS CLANG INCLUDE WORK: what `bpfbuild compat` says of programs with the types of
# one of Debian's kernels is what loading them on that kernel says, in a virtual machine. VERDICTS is the program that
# compares, and INCLUDE has libbpf's headers.
set -eu
suite=$1 bpfbuild=$2 raw_btf=$3 verdicts=$4 clang=$5 include=$6 work=$7
here=$(dirname "$(realpath "$0")")
image=$("$bpfbuild" fetch "debian:$suite/amd64")
rm -rf "$work"
mkdir -p "$work"
cd "$work"
"$raw_btf" "$image" kernel.btf
for case in $(sed -n 's/.*CASE == \([0-9]*\).*/\1/p' "$here/compat.bpf.c" | sort -nu); do
  "$clang" -target bpf -g -O2 -mcpu=v3 "-DCASE=$case" -Wall -Werror -Wno-unused-function "-I$include" \
    -idirafter "/usr/include/$(uname -m)-linux-gnu" -c "$here/compat.bpf.c" -o "case_$case.o"
done
"$bpfbuild" vm --kernel "debian:$suite/amd64" --memory 512 --file "$work" -- \
  "$verdicts" "$work/kernel.btf" -- "$work"/case_*.o
