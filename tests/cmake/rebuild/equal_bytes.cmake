# What gives the same object does not build user space again.
touch("${source_dir}/nested.h")
expect_build(first.bpf.c.o both.bpf.o)
expect_build()
