# error: add_bpf_object(tracer): unknown argument 'SOURCE'; expected SOURCES, ARCH, ENDIAN, CPU, SKELETON, NO_SKELETON, SKELETON_STRUCT, LIGHT_SKELETON, SUBSKELETON, EMBED, EXPORT_TYPES, SHARED_HEADERS
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCE tracer.bpf.c)
