configure("-DCMAKE_BPF_FLAGS=-g -O2 -DANSWER=42")
expect_build(first.bpf.c.o second.bpf.c.o other.bpf.c.o both.bpf.o other.bpf.o main.cpp.o app)
expect_build()
