# error: bpf_add_bindings_test(check): there is no target 'types'; expected one of bpf_generate_bindings()
find_package(BpfBuild REQUIRED)
bpf_add_bindings_test(check BINDINGS types)
