# A source that joins an object is compiled; those that were there are not.
file(WRITE "${source_dir}/third.bpf.c" "int third(void) { return 3; }\n")
change(CMakeLists.txt "second.bpf.c)" "second.bpf.c third.bpf.c)")
expect_build(third.bpf.c.o both.bpf.o main.cpp.o app)
expect_build()
