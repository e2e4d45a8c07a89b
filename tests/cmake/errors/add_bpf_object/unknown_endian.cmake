# error: add_bpf_object(tracer): unknown ENDIAN 'middle'; expected little or big
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c ENDIAN middle)
