# error: add_bpf_library(library): unknown argument 'SKELETON'; expected SOURCES, ARCH, ENDIAN, CPU
find_package(BpfBuild REQUIRED)
add_bpf_library(library SKELETON library SOURCES tracer.bpf.c)
