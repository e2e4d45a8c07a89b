# build: <source>/checked.bpf.c:6: error: 'missing' is defined in no source of 'checked.bpf.o'; add the source or library that defines it, or say __ksym or __kconfig if the kernel does
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/checked.bpf.c" "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar LICENSE[] SEC(\"license\") = \"GPL\";\nextern int missing;\nSEC(\"xdp\")\nint drop(void* context) { return missing; }\n")
add_bpf_object(checked SOURCES checked.bpf.c)
