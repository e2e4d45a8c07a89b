# error: BpfBuild: bpftool 5.9.0 at '<case>/tools/old-bpftool' is too old; 5.13 or newer is needed
set(BPFBUILD_BPFTOOL "${case_dir}/tools/old-bpftool")
find_package(BpfBuild REQUIRED)
