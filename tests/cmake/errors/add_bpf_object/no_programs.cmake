# warning: <source>/checked.bpf.c:4: warning: 'checked.bpf.o' has no program and no map; say what a function is for, as in SEC("xdp")
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/checked.bpf.c" "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar LICENSE[] SEC(\"license\") = \"GPL\";\nint drop(void* context) { return 1; }\n")
add_bpf_object(checked SOURCES checked.bpf.c)
