# error: 'tracer.bpf.c' in '<source>' is a source of BPF code and of 'app', which is the host's; a file has one language in a directory: add one of the two targets in another one
enable_language(C)
find_package(BpfBuild REQUIRED)
add_executable(app main.cpp tracer.bpf.c)
add_bpf_object(tracer SOURCES tracer.bpf.c)
