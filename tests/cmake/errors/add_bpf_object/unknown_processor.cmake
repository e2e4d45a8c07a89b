# error: add_bpf_object(tracer): CMAKE_SYSTEM_PROCESSOR is 'z80'; expected a processor of x86, arm64, arm, riscv, s390, powerpc, mips or loongarch, or say which with ARCH
set(CMAKE_SYSTEM_PROCESSOR z80)
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c)
