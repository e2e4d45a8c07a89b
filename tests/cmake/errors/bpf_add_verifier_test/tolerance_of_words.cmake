# error: bpf_add_verifier_test(check): TOLERANCE 'some' is no percentage; expected a whole number, such as 10
find_package(BpfBuild REQUIRED)
bpf_add_verifier_test(check OBJECTS x BASELINE x.csv TOLERANCE some)
