#!/bin/sh
# build_arm64.sh CMAKE SOURCE BUILD PACKAGE TOOLCHAIN: builds a project for arm64, with PACKAGE, which is BpfBuild's.
set -eu
libbpf=/usr/lib/aarch64-linux-gnu/libbpf.so
command -v aarch64-linux-gnu-g++ >/dev/null || { echo 'SKIPPED: needs aarch64-linux-gnu-g++'; exit 77; }
[ -e "$libbpf" ] || { echo 'SKIPPED: needs libbpf-dev:arm64 (.ci/install-packages --kernels)'; exit 77; }
"$1" -G Ninja -S "$2" -B "$3" --toolchain "$5" "-DBpfBuild_DIR=$4" "-DBPFBUILD_LIBBPF_LIBRARY=$libbpf"
"$1" --build "$3"
