find_program(compiler NAMES aarch64-linux-gnu-g++)
if(NOT compiler)
  message("SKIPPED: needs aarch64-linux-gnu-g++")
  return()
endif()
configure_and_build("${source_dir}" "${build_dir}-arm64"
  "--toolchain" "${source_dir}/aarch64.cmake"
  # The headers are the same for all architectures; the library is not used.
  -DBPFBUILD_LIBBPF_INCLUDE_DIR=/usr/include "-DBPFBUILD_LIBBPF_LIBRARY=${CMAKE_COMMAND}")
# The value of registers, from the section of initialised data.
run(objcopy -I elf64-little -O binary --only-section .data "${build_dir}-arm64/arch.bpf.o" "${WORK_DIR}/data")
file(READ "${WORK_DIR}/data" value HEX)
if(NOT value STREQUAL "10010000")
  message(FATAL_ERROR "struct user_pt_regs of arm64 has 0x110 bytes; found ${value}")
endif()
run(readelf --file-header "${build_dir}-arm64/CMakeFiles/user.dir/user.cpp.o")
if(NOT output MATCHES "AArch64")
  message(FATAL_ERROR "user space is not for arm64:\n${output}")
endif()
