# error: bpf_generate_min_btf(kernels): no BTF; expected at least one
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
bpf_generate_min_btf(kernels OBJECTS tracer)
