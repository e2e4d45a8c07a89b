# error: bpf_add_compat_test(check): no BTF; expected files or folders with the types of kernels
find_package(BpfBuild REQUIRED)
bpf_add_compat_test(check OBJECTS x)
