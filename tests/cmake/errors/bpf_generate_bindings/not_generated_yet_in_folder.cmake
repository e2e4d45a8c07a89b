# build: fatal error: types: 'include/kernel/types.h' has not been generated yet; run: cmake --build <build> --target bpf-codegen-types
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT include/kernel/types.h TYPES task_struct)
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/user.bpf.c" "#include <kernel/types.h>\n")
add_bpf_object(user SOURCES "${CMAKE_CURRENT_BINARY_DIR}/user.bpf.c")
target_include_directories(user PRIVATE include)
target_link_libraries(user PRIVATE types)
