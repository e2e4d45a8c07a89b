# error: bpf_generate_bindings(types): no OUTPUT; expected the header to write
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types TYPES task_struct)
