# error: bpf_generate_min_btf(kernels): unknown argument 'OBJECT'; expected OBJECTS, BTF
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
bpf_generate_min_btf(kernels OBJECT tracer)
