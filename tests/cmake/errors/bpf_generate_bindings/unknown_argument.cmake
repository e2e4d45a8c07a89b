# error: bpf_generate_bindings(types): unknown argument 'TYPE'; expected OUTPUT, TYPES, FULL, OBJECTS, SOURCES, CLOSURE, KFUNCS, TRACEPOINTS, TRACEPOINTS_FROM, BTF, BASE_BTF
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h TYPE task_struct)
