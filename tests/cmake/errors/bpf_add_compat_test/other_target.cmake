# error: bpf_add_compat_test(check): 'other' is not a target of add_bpf_object()
find_package(BpfBuild REQUIRED)
add_library(other INTERFACE)
bpf_add_compat_test(check OBJECTS other BTF kernels)
