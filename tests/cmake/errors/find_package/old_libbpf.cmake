# error: BpfBuild: libbpf 0.8 in '<build>/old' is too old; 1.1 or newer is needed
file(WRITE "${CMAKE_BINARY_DIR}/old/bpf/bpf_helpers.h" "")
file(WRITE "${CMAKE_BINARY_DIR}/old/bpf/libbpf_version.h" "#define LIBBPF_MAJOR_VERSION 0\n#define LIBBPF_MINOR_VERSION 8\n")
set(BPFBUILD_LIBBPF_INCLUDE_DIR "${CMAKE_BINARY_DIR}/old")
find_package(BpfBuild REQUIRED)
