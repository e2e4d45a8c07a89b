# error: BpfBuild: BPFBUILD_BPFTOOL is '/nowhere/bpftool', which is not there; 5.13 or newer is needed
set(BPFBUILD_BPFTOOL /nowhere/bpftool)
find_package(BpfBuild REQUIRED)
