# warning: <source>/checked.bpf.c:5: warning: libbpf knows no programs of SEC("something_else"); see https://docs.kernel.org/bpf/libbpf/program_types.html, or set the type of 'count' before it is loaded
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/checked.bpf.c" "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar LICENSE[] SEC(\"license\") = \"GPL\";\nSEC(\"something_else\")\nint count(void* context) { return 0; }\n")
add_bpf_object(checked SOURCES checked.bpf.c)
