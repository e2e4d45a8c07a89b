# After the clock was set back, files of before have times to come. What they are made into
# is made until the time has passed, so that it is never old; what changes since is made once.
change(first.bpf.c "return" "return 2 *")
execute_process(COMMAND touch -d "1 hour" "${source_dir}/first.bpf.c" COMMAND_ERROR_IS_FATAL ANY)
expect_build(first.bpf.c.o both.bpf.o main.cpp.o app)
expect_build(first.bpf.c.o both.bpf.o)

change(first.bpf.c "return 2 *" "return 3 *")
expect_build(first.bpf.c.o both.bpf.o main.cpp.o app)
expect_build()
