# error: BpfBuild: skeletons of bpftool 9.1.0 at '<case>/tools/new-bpftool' do not compile with libbpf
set(BPFBUILD_BPFTOOL "${case_dir}/tools/new-bpftool")
find_package(BpfBuild REQUIRED)
