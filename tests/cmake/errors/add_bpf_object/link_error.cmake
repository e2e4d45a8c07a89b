# build: conflicting non-weak symbol
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/first.bpf.c" "int same(void) { return 1; }\n")
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/second.bpf.c" "int same(void) { return 2; }\n")
add_bpf_object(twice SOURCES "${CMAKE_CURRENT_BINARY_DIR}/first.bpf.c" "${CMAKE_CURRENT_BINARY_DIR}/second.bpf.c")
