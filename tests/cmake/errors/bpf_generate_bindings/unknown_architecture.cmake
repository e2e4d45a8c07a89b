# error: bpf_generate_bindings(types): unknown ARCH 'vax'; expected x86, arm64, arm, riscv, s390, powerpc, mips or loongarch
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h TYPES task_struct BTF x86_64=vmlinuz vax=vmlinux)
