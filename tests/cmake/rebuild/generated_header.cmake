change(generated.h.in "1" "2")
expect_build(second.bpf.c.o both.bpf.o main.cpp.o app)
expect_build()
