# error: add_bpf_object(tracer): nothing follows 'SOURCES'; give it a value or leave it out
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES)
