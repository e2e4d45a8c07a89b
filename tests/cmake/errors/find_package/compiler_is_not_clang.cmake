# error: BpfBuild: '<case>/tools/gcc' is not clang; 12 or newer is needed
set(CMAKE_BPF_COMPILER "${case_dir}/tools/gcc")
find_package(BpfBuild REQUIRED)
