# error: add_bpf_object(tracer): both SKELETON_STRUCT and NO_SKELETON are given; leave one out
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c NO_SKELETON SKELETON_STRUCT tracer)
