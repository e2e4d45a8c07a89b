# error: bpf_generate_min_btf(kernels): there is BTF of '5.4.0' twice; keep one of '<build>/b/5.4.0.btf' and the other
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
file(WRITE "${CMAKE_BINARY_DIR}/a/5.4.0.btf" "")
file(WRITE "${CMAKE_BINARY_DIR}/b/5.4.0.btf" "")
bpf_generate_min_btf(kernels OBJECTS tracer BTF "${CMAKE_BINARY_DIR}/a" "${CMAKE_BINARY_DIR}/b/5.4.0.btf")
