configure(-DBOTH_DEFINITIONS=ANSWER=42)
expect_build(first.bpf.c.o second.bpf.c.o both.bpf.o main.cpp.o app)
expect_build()
