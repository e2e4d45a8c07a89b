# build: fatal error: types: 'types.h' has not been generated yet; run: cmake --build <build> --target bpf-codegen-types
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h TYPES task_struct)
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/user.bpf.c" "#include \"types.h\"\nstruct task_struct task;\n")
add_bpf_object(user SOURCES "${CMAKE_CURRENT_BINARY_DIR}/user.bpf.c")
target_link_libraries(user PRIVATE types)
