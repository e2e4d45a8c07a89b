# error: bpf_generate_bindings(types): OBJECTS: there is no target 'tracr'
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h OBJECTS tracr)
add_bpf_object(tracer SOURCES tracer.bpf.c)
