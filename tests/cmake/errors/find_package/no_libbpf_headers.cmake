# error: BpfBuild: libbpf's headers (bpf/bpf_helpers.h) not found; libbpf 1.1 or newer is needed (install it, Debian and Ubuntu: apt install libbpf-dev, or set BPFBUILD_LIBBPF_INCLUDE_DIR and BPFBUILD_LIBBPF_LIBRARY)
set(BPFBUILD_LIBBPF_INCLUDE_DIR /nowhere)
find_package(BpfBuild REQUIRED)
