# error: add_bpf_object(tracer): the BPF language is not enabled in '<source>'; call find_package(BpfBuild REQUIRED) in its CMakeLists.txt or that of a directory above it
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/sub/CMakeLists.txt" "find_package(BpfBuild REQUIRED)\n")
add_subdirectory("${CMAKE_CURRENT_BINARY_DIR}/sub" sub)
add_bpf_object(tracer SOURCES tracer.bpf.c)
