# build: 1.2.3.btf: bpftool wrote no types, or not all of them
# A bpftool that writes nothing, and says nothing, as on a full disk.
find_program(real_bpftool bpftool PATHS /usr/sbin)
file(WRITE "${CMAKE_BINARY_DIR}/bpftool"
  "#!/bin/sh\nif [ \"$2\" = min_core_btf ]; then : >\"$4\"; else exec '${real_bpftool}' \"$@\"; fi\n")
file(CHMOD "${CMAKE_BINARY_DIR}/bpftool" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
set(BPFBUILD_BPFTOOL "${CMAKE_BINARY_DIR}/bpftool")
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
file(WRITE "${CMAKE_BINARY_DIR}/1.2.3.btf" "the types of a kernel\n")
bpf_generate_min_btf(kernels OBJECTS tracer BTF "${CMAKE_BINARY_DIR}/1.2.3.btf")
add_executable(main main.cpp)
target_link_libraries(main PRIVATE kernels)
