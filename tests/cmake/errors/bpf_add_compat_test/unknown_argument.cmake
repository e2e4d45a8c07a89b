# error: bpf_add_compat_test(check): unknown argument 'OBJECT'; expected OBJECTS, BTF, BASE_BTF
find_package(BpfBuild REQUIRED)
bpf_add_compat_test(check OBJECT x BTF kernels)
