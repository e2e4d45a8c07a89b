# error: BpfBuild: clang 15.0.0 at '<case>/tools/clang-without-bpf' has no BPF backend; 12 or newer is needed, with the BPF backend (install it, Debian and Ubuntu: apt install clang, or set CMAKE_BPF_COMPILER)
set(ENV{BPFCC} "${case_dir}/tools/clang-without-bpf")
find_package(BpfBuild REQUIRED)
