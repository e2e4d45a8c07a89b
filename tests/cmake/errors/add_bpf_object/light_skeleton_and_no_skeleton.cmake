# error: add_bpf_object(tracer): both LIGHT_SKELETON and NO_SKELETON are given; leave one out
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c LIGHT_SKELETON NO_SKELETON)
