# error: bpf_generate_bindings(types): both OBJECTS and FULL; leave out OBJECTS: FULL has all there is
find_package(BpfBuild REQUIRED)
bpf_generate_bindings(types OUTPUT types.h OBJECTS tracer FULL)
