# error: bpf_generate_bindings(types): TRACEPOINTS_FROM without TRACEPOINTS; name the tracepoints, or leave it out
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h TYPES task_struct TRACEPOINTS_FROM events)
