run("${CMAKE_COMMAND}" --install "${build_dir}" --prefix "${WORK_DIR}/prefix" --strip)
expect_equal_files("${build_dir}/count.bpf.o" "${WORK_DIR}/prefix/share/count/count.bpf.o")
