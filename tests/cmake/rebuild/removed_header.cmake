# A header that is no longer included may disappear.
change(outer.h "#include \"nested.h\"" "#define NESTED 1")
file(REMOVE "${source_dir}/nested.h")
expect_build(first.bpf.c.o both.bpf.o)
expect_build()
