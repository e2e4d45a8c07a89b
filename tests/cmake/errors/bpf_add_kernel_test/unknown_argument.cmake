# error: bpf_add_kernel_test(check): unknown argument 'COMAND'; expected COMMAND, PASS_REGULAR_EXPRESSION, FILES, KERNELS, MODULES, KERNEL_ARGUMENTS, TIMEOUT
find_package(BpfBuild REQUIRED)
bpf_add_kernel_test(check COMAND true)
