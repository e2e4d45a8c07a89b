# error: bpf_generate_bindings(types): OBJECTS: 'program' is no target of add_bpf_object() or add_bpf_library()
find_package(BpfBuild REQUIRED)
add_executable(program main.cpp)
bpf_generate_bindings(types OUTPUT types.h OBJECTS program)
