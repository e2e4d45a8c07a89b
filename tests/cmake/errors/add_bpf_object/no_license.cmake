# warning: checked.bpf.o: warning: no license, so the kernel refuses the helpers that are GPL only; add: char LICENSE[] SEC("license") = "GPL";
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/checked.bpf.c" "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nSEC(\"xdp\")\nint drop(void* context) { return 1; }\n")
add_bpf_object(checked SOURCES checked.bpf.c)
