# error: add_bpf_object(tracer): SHARED_HEADERS 'event.h' is not there: '<source>/event.h'
find_package(BpfBuild REQUIRED)
add_bpf_object(tracer SOURCES tracer.bpf.c EXPORT_TYPES event SHARED_HEADERS event.h)
