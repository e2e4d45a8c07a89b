# error: BpfBuild: no clang found in PATH; 12 or newer is needed, with the BPF backend (install it, Debian and Ubuntu: apt install clang, or set CMAKE_BPF_COMPILER)
set(ENV{PATH} /nowhere)
set(CMAKE_SYSTEM_PREFIX_PATH /nowhere)
find_package(BpfBuild REQUIRED)
