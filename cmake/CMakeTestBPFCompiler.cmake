# find_package(BpfBuild) has compiled an empty file for BPF before it enables
# the language, and a program cannot be tried: BPF has no executables.

set(CMAKE_BPF_COMPILER_WORKS TRUE)
