# error: bpf_add_kernel_test(check): unknown argument 'COMAND'; expected COMMAND, FILES, KERNELS, TIMEOUT
find_package(BpfBuild REQUIRED)
bpf_add_kernel_test(check COMAND true)
