# error: BpfBuild: clang 9.0.1 at '<case>/tools/old-clang' is too old; 12 or newer is needed, with the BPF backend (install it, Debian and Ubuntu: apt install clang, or set CMAKE_BPF_COMPILER)
set(CMAKE_BPF_COMPILER "${case_dir}/tools/old-clang")
find_package(BpfBuild REQUIRED)
