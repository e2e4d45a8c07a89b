# error: bpf_add_verifier_test(check): 'other' is not a target of add_bpf_object()
find_package(BpfBuild REQUIRED)
add_library(other INTERFACE)
bpf_add_verifier_test(check OBJECTS other)
