# warning: <source>/checked.bpf.c:5: warning: libbpf cannot attach SEC("tp/sys_enter_execve") by itself; expected tracepoint/<category>/<name>, as in tracepoint/syscalls/sys_enter_execve
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/checked.bpf.c" "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar LICENSE[] SEC(\"license\") = \"GPL\";\nSEC(\"tp/sys_enter_execve\")\nint count(void* context) { return 0; }\n")
add_bpf_object(checked SOURCES checked.bpf.c)
