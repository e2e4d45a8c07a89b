# error: bpf_add_bindings_test(check): no BINDINGS; expected a target of bpf_generate_bindings()
find_package(BpfBuild REQUIRED)
bpf_add_bindings_test(check BTF vmlinux)
