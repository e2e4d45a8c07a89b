# build: checked.bpf.o: error: no license
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/checked.bpf.c" "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nSEC(\"xdp\")\nint drop(void* context) { return 1; }\n")
add_bpf_object(checked SOURCES checked.bpf.c)
set_target_properties(checked PROPERTIES COMPILE_WARNING_AS_ERROR ON)
