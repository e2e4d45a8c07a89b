# error: bpf_generate_min_btf(kernels): no *.btf in '<build>/kernels'; unpack those of BTFHub
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
file(WRITE "${CMAKE_BINARY_DIR}/kernels/5.4.0.btf.tar.xz" "")
bpf_generate_min_btf(kernels OBJECTS tracer BTF "${CMAKE_BINARY_DIR}/kernels")
