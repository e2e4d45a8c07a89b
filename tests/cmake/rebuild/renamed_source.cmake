# A source under another name is compiled, and the old one's object is not linked.
file(RENAME "${source_dir}/second.bpf.c" "${source_dir}/another.bpf.c")
change(CMakeLists.txt "second.bpf.c" "another.bpf.c")
expect_build(another.bpf.c.o both.bpf.o main.cpp.o app)
expect_build()
