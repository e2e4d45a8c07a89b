# error: add_bpf_object(tracer): unknown argument 'SOURCE'; expected SOURCES, CPU, SKELETON, NO_SKELETON
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCE tracer.bpf.c)
