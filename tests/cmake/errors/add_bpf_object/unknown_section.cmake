# warning: <source>/checked.bpf.c:5: warning: libbpf knows no programs of SEC("tracepont/syscalls/sys_enter_execve"); did you mean 'tracepoint/syscalls/sys_enter_execve'?
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/checked.bpf.c" "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar LICENSE[] SEC(\"license\") = \"GPL\";\nSEC(\"tracepont/syscalls/sys_enter_execve\")\nint count(void* context) { return 0; }\n")
add_bpf_object(checked SOURCES checked.bpf.c)
