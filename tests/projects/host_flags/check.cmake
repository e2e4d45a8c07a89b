run(
  "${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${source_dir}" -B "${build_dir}-host-flags" -DHOST_FLAGS=ON
  -DCMAKE_BUILD_TYPE=Debug "-DBpfBuild_DIR=${BpfBuild_DIR}" "-DCMAKE_BPF_FLAGS=-g -O2 -Wextra -Werror")
run("${CMAKE_COMMAND}" --build "${build_dir}-host-flags")
expect_equal_files("${build_dir}/count.bpf.o" "${build_dir}-host-flags/count.bpf.o")
