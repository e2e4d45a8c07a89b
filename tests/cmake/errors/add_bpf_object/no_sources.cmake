# error: add_bpf_object(tracer): no SOURCES; expected at least one BPF C file
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer)
