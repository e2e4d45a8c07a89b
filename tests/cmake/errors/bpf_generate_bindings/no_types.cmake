# error: bpf_generate_bindings(types): no TYPES; expected at least one, such as task_struct:real_parent,tgid, or OBJECTS, SOURCES, KFUNCS, TRACEPOINTS or FULL
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h)
