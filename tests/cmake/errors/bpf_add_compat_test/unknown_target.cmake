# error: bpf_add_compat_test(check): there is no target 'nothing'; expected one of add_bpf_object()
find_package(BpfBuild REQUIRED)
bpf_add_compat_test(check OBJECTS nothing BTF kernels)
