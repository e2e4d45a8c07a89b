# error: bpf_generate_bindings(types): both KFUNCS and FULL; leave out KFUNCS: FULL has all there is
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h KFUNCS bpf_task_from_pid FULL)
