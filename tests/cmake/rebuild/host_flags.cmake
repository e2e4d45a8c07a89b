# The host's flags are not those of BPF: only the host's files are made again.
configure(-DCMAKE_CXX_FLAGS=-O1)
expect_build(main.cpp.o app)
expect_build()
