# error: add_bpf_object(tracer): CMAKE_SYSTEM_PROCESSOR is 'z80'; expected an x86, arm64, arm, riscv, s390, powerpc, mips or loongarch processor
find_package(BpfBuild REQUIRED)
set(CMAKE_SYSTEM_PROCESSOR z80)
add_bpf_object(tracer SOURCES tracer.bpf.c)
