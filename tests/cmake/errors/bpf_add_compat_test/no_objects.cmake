# error: bpf_add_compat_test(check): no OBJECTS; expected targets of add_bpf_object()
find_package(BpfBuild REQUIRED)
bpf_add_compat_test(check BTF kernels)
