# error: bpf_generate_min_btf(kernels): there is no target 'tracr'; OBJECTS are those of add_bpf_object()
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
bpf_generate_min_btf(kernels OBJECTS tracr BTF main.cpp)
