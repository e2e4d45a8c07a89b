# error: but the library not found (install it, Debian and Ubuntu: apt install libbpf-dev
set(BPFBUILD_LIBBPF_LIBRARY /nowhere/libbpf.so)
find_package(BpfBuild REQUIRED)
