expect_file("${build_dir}/count.bpf.o")
if(EXISTS "${build_dir}/bpfbuild/generator/bpfbuild")
  message(FATAL_ERROR "the tool was built though nothing asked for it")
endif()
