# error: bpf_generate_min_btf(kernels): BTF '<source>/5.4.0.btf' is not there
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
bpf_generate_min_btf(kernels OBJECTS tracer BTF 5.4.0.btf)
