# error: BpfBuild: '<case>/tools/failing-bpftool' does not run (on Ubuntu: apt install linux-tools-generic); 5.13 or newer is needed (install it, Debian: apt install bpftool, Ubuntu: apt install linux-tools-generic, or set BPFBUILD_BPFTOOL)
set(BPFBUILD_BPFTOOL "${case_dir}/tools/failing-bpftool")
find_package(BpfBuild REQUIRED)
