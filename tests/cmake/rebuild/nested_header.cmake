change(nested.h "1" "2")
expect_build(first.bpf.c.o both.bpf.o main.cpp.o app)
expect_build()
