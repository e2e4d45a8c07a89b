# error: bpf_generate_bindings(types): both TYPES and FULL; leave out TYPES: FULL has all there is
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h TYPES task_struct FULL)
