# error: bpf_add_verifier_test(check): TOLERANCE without BASELINE; name the file to compare with
find_package(BpfBuild REQUIRED)
bpf_add_verifier_test(check OBJECTS x TOLERANCE 5)
