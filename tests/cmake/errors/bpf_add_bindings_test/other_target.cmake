# error: bpf_add_bindings_test(check): 'other' is not a target of bpf_generate_bindings()
find_package(BpfBuild REQUIRED)
add_library(other INTERFACE)
bpf_add_bindings_test(check BINDINGS other)
