# error: bpf_generate_min_btf(kernels): no *.btf or *.btf.tar.xz in '<build>/kernels'; take a folder of BTFHub's
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
file(WRITE "${CMAKE_BINARY_DIR}/kernels/5.4.0.btf.gz" "")
bpf_generate_min_btf(kernels OBJECTS tracer BTF "${CMAKE_BINARY_DIR}/kernels")
