expect_file("${build_dir}/count.bpf.o")
