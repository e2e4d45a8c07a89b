# error: BpfBuild: CMAKE_BPF_COMPILER is '/nowhere/clang', which is not there; 12 or newer is needed
set(CMAKE_BPF_COMPILER /nowhere/clang)
find_package(BpfBuild REQUIRED)
