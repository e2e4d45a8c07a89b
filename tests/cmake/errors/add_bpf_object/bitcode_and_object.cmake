# build: is not LLVM bitcode; set INTERPROCEDURAL_OPTIMIZATION on the library that it belongs to, too
find_package(BpfBuild REQUIRED)
add_bpf_library(library SOURCES tracer.bpf.c)
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/other.bpf.c" "int other(void) { return 1; }\n")
add_bpf_object(other SOURCES "${CMAKE_CURRENT_BINARY_DIR}/other.bpf.c")
target_link_libraries(other PRIVATE library)
set_target_properties(other PROPERTIES INTERPROCEDURAL_OPTIMIZATION ON)
