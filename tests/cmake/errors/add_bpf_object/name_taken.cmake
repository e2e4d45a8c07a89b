# error: add_bpf_object(tracer): there is a target 'tracer' already; choose another name
find_package(BpfBuild REQUIRED)
add_executable(tracer main.cpp)
add_bpf_object(tracer SOURCES tracer.bpf.c)
