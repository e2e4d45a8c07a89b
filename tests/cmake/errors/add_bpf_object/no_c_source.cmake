# error: tracer: nothing to compile for BPF in SOURCES 'tracer.bpf'; expected a file whose name ends with .c
find_package(BpfBuild REQUIRED)
file(WRITE tracer.bpf "")
add_bpf_object(tracer SOURCES tracer.bpf)
