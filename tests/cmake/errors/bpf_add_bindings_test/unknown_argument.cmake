# error: bpf_add_bindings_test(check): unknown argument 'types'; expected BINDINGS, BTF, BASE_BTF
find_package(BpfBuild REQUIRED)
bpf_add_bindings_test(check types)
