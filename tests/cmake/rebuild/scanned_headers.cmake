# Where CMake itself looks for the headers of the host's sources, which it can do for Make, those
# of BPF sources are known as well.
file(REMOVE_RECURSE "${build_dir}")
configure(-DCMAKE_DEPENDS_USE_COMPILER=OFF)
expect_build(first.bpf.c.o second.bpf.c.o both.bpf.o other.bpf.c.o other.bpf.o main.cpp.o app)
expect_build()
change(nested.h "1" "2")
expect_build(first.bpf.c.o both.bpf.o main.cpp.o app)
expect_build()
