# error: add_bpf_object(tracer): SHARED_HEADERS without EXPORT_TYPES; name the types that they define
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c SHARED_HEADERS event.h)
