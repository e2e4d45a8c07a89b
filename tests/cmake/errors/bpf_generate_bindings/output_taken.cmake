# error: bpf_generate_bindings(second): OUTPUT '<source>/types.h' is written by 'first' already; choose another file, or link first
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(first OUTPUT types.h TYPES task_struct)
bpf_generate_bindings(second OUTPUT ./types.h TYPES file)
