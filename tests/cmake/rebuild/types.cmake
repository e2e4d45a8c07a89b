# Types for user space are written anew when they change, and only then is what includes them built.
change(other.bpf.c "char LICENSE" "struct event { int a; } *unused __attribute__((unused)) = 0;\n\nchar LICENSE")
change(CMakeLists.txt "SOURCES other.bpf.c" "SOURCES other.bpf.c EXPORT_TYPES event")
file(WRITE "${source_dir}/reader.cpp" "#include \"other.types.h\"\nint read(const event& event) { return event.a; }\n")
file(APPEND "${source_dir}/CMakeLists.txt" "add_library(reader OBJECT reader.cpp)\ntarget_link_libraries(reader PRIVATE other::types)\n")
expect_build(other.bpf.c.o other.bpf.o other.types.h main.cpp.o app reader.cpp.o)
expect_build()

change(other.bpf.c "return 0" "return 1")
expect_build(other.bpf.c.o other.bpf.o other.types.h main.cpp.o app)
expect_build()

change(other.bpf.c "int a;" "int a, b;")
expect_build(other.bpf.c.o other.bpf.o other.types.h main.cpp.o app reader.cpp.o)
expect_build()

file(GLOB_RECURSE header "${build_dir}/other.types.h")
wait()
file(REMOVE ${header})
expect_build(other.types.h main.cpp.o app reader.cpp.o)
expect_build()
