# error: bpf_add_kernel_test(check): TIMEOUT 'long' is no time; expected seconds, such as 60
find_package(BpfBuild REQUIRED)
bpf_add_kernel_test(check COMMAND true TIMEOUT long)
