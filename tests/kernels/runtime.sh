#!/bin/sh
# runtime.sh BPFBUILD KERNEL APPEND PROGRAM [ARGUMENT...]: runs the program on one of Debian's kernels, which is fetched
# first; APPEND are arguments for the kernel. The programs are for x86_64, as the kernels are.
set -eu
bpfbuild=$1 kernel=$2 append=$3
shift 3
[ "$(uname -m)" = x86_64 ] || { echo 'SKIPPED: needs x86_64'; exit 77; }
"$bpfbuild" fetch "$kernel"
exec "$bpfbuild" vm --kernel "$kernel" ${append:+--append "$append"} --timeout 300 -- "$@"
