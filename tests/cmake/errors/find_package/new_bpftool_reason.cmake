# error: (no member named 'of_the_future' in 'struct bpf_map_skeleton'); take a bpftool that is no newer, or a newer libbpf (set BPFBUILD_BPFTOOL, or BPFBUILD_LIBBPF_INCLUDE_DIR and BPFBUILD_LIBBPF_LIBRARY)
set(BPFBUILD_BPFTOOL "${case_dir}/tools/new-bpftool")
find_package(BpfBuild REQUIRED)
