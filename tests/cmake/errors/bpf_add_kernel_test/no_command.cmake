# error: bpf_add_kernel_test(check): no COMMAND; expected a target or program, and its arguments
find_package(BpfBuild REQUIRED)
bpf_add_kernel_test(check KERNELS host)
