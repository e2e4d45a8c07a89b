#!/bin/sh
# build_arm64.sh CMAKE SOURCE BUILD TOOLCHAIN OPTION...: builds a project for arm64.
set -eu
cmake=$1 source=$2 build=$3 toolchain=$4
shift 4
libbpf=/usr/lib/aarch64-linux-gnu/libbpf.so
command -v aarch64-linux-gnu-g++ >/dev/null || { echo 'SKIPPED: needs aarch64-linux-gnu-g++'; exit 77; }
for library in "$libbpf" /usr/lib/aarch64-linux-gnu/libfmt.so; do
  [ -e "$library" ] || { echo "SKIPPED: needs '$library' (.ci/install-packages --kernels)"; exit 77; }
done
"$cmake" -G Ninja -S "$source" -B "$build" --toolchain "$toolchain" "-DBPFBUILD_LIBBPF_LIBRARY=$libbpf" "$@"
"$cmake" --build "$build"
