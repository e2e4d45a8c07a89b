# error: add_bpf_object(my tracer): 'my tracer' cannot name a target; expected letters, digits and the characters _ . + -, the last not at the beginning
find_package(BpfBuild REQUIRED)
add_bpf_object("my tracer" SOURCES tracer.bpf.c)
