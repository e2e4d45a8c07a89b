# error: bpf_add_verifier_test(check): unknown argument 'OBJECT'; expected OBJECTS, KERNELS, BASELINE, TOLERANCE
find_package(BpfBuild REQUIRED)
bpf_add_verifier_test(check OBJECT x)
