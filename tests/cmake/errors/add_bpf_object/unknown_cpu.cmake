# error: add_bpf_object(tracer): unknown CPU 'v9'; expected generic, v1, v2, v3, v4 or probe
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c CPU v9)
