#!/bin/sh
# build_arm64.sh CMAKE SOURCE BUILD TOOLCHAIN OPTION...: builds a project for arm64.
set -eu
cmake=$1 source=$2 build=$3 toolchain=$4
shift 4
libbpf=/usr/lib/aarch64-linux-gnu/libbpf.so
command -v aarch64-linux-gnu-g++ >/dev/null || { echo 'SKIPPED: needs aarch64-linux-gnu-g++'; exit 77; }
[ -e "$libbpf" ] || { echo "SKIPPED: needs '$libbpf' (.ci/install-packages --kernels)"; exit 77; }
"$cmake" -G Ninja -S "$source" -B "$build" --toolchain "$toolchain" "-DBPFBUILD_LIBBPF_LIBRARY=$libbpf" "$@"
"$cmake" --build "$build"
