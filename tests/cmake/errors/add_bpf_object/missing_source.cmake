# error: Cannot find source file: <source>/absent.bpf.c
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES absent.bpf.c)
