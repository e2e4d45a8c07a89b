# error: bpf_generate_min_btf(kernels): BPFBUILD_BPFTOOL is '/nowhere/bpftool', which is not there; 5.13 or newer is needed
set(BPFBUILD_PREBUILT_DIR "${CMAKE_BINARY_DIR}")
set(BPFBUILD_BPFTOOL /nowhere/bpftool)
find_package(BpfBuild REQUIRED)
add_custom_target(tracer)
bpf_generate_min_btf(kernels OBJECTS tracer BTF main.cpp)
