# error: bpf_generate_bindings(types): unknown CLOSURE 'deep'; expected fields, value or pointer
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h TYPES task_struct CLOSURE deep)
