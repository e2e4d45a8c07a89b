# error: add_bpf_library(library): no SOURCES; expected at least one BPF C file
find_package(BpfBuild REQUIRED)
add_bpf_library(library)
