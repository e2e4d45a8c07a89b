# build: --type 'event': no such type in 'monitor.bpf.o'; the compiler keeps types that the code uses: keep it by a global pointer, 'struct event *unused __attribute__((unused));', or as the key or value of a map
find_package(BpfBuild REQUIRED)
add_bpf_object(monitor SOURCES tracer.bpf.c EXPORT_TYPES event)
