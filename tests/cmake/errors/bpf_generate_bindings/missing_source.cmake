# error: bpf_generate_bindings(types): no source '<source>/absent.bpf.c'
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h SOURCES absent.bpf.c)
