# build: <source>/checked.bpf.c:5: error: 'missing' is neither declared here nor defined in a source of 'checked.bpf.o'; include the header that has it, or define it: there is no C library
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/checked.bpf.c" "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar LICENSE[] SEC(\"license\") = \"GPL\";\nSEC(\"xdp\")\nint drop(void* context) { return missing(1); }\n")
add_bpf_object(checked SOURCES checked.bpf.c)
# Newer compilers refuse it themselves.
target_compile_options(checked PRIVATE -Wno-error=implicit-function-declaration)
