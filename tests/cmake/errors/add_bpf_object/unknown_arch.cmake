# error: add_bpf_object(tracer): unknown ARCH 'z80'; expected x86, arm64, arm, riscv, s390, powerpc, mips or loongarch
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c ARCH arm64 z80)
