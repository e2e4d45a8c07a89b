change(other.bpf.c "return 0" "return 1")
expect_build(other.bpf.c.o other.bpf.o main.cpp.o app)
expect_build()
