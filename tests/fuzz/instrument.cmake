# Included ahead of all targets with BPFBUILD_FUZZ: has their code tell libFuzzer which ways it goes.

include(CheckCXXSourceCompiles)
set(CMAKE_REQUIRED_FLAGS "-fsanitize=fuzzer")
check_cxx_source_compiles("extern \"C\" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }"
  BPFBUILD_HAS_LIBFUZZER)
unset(CMAKE_REQUIRED_FLAGS)
if(NOT BPFBUILD_HAS_LIBFUZZER)
  message(FATAL_ERROR
    "BPFBUILD_FUZZ: '${CMAKE_CXX_COMPILER}' has no libFuzzer; set CMAKE_CXX_COMPILER to clang++, with its run-time "
    "library installed (Debian and Ubuntu: libclang-rt-<version>-dev)")
endif()
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-fsanitize=fuzzer-no-link>")
