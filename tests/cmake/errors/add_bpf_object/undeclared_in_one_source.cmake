# build: <source>/checked.bpf.c:5: error: 'other' is defined in another source of 'checked.bpf.o' but not declared here; declare it, and call it by that name
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/checked.bpf.c" "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar LICENSE[] SEC(\"license\") = \"GPL\";\nSEC(\"xdp\")\nint drop(void* context) { return other(1); }\n")
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/other.bpf.c" "int other(int a) { return a; }\n")
add_bpf_object(checked SOURCES checked.bpf.c other.bpf.c)
# Newer compilers refuse it themselves.
target_compile_options(checked PRIVATE -Wno-error=implicit-function-declaration)
