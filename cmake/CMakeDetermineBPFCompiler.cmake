# Determines the compiler of the BPF language: a clang with the BPF backend.
# find_package(BpfBuild) has found and checked it before it enables the language.

if(BPFBUILD_PREBUILT_DIR AND NOT CMAKE_BPF_COMPILER)
  # Nothing is compiled, but CMake wants every language to have a program.
  set(CMAKE_BPF_COMPILER "${CMAKE_COMMAND}")
endif()
get_property(CMAKE_BPF_COMPILER_VERSION GLOBAL PROPERTY _BPFBUILD_CLANG_VERSION)

configure_file("${CMAKE_CURRENT_LIST_DIR}/CMakeBPFCompiler.cmake.in"
  "${CMAKE_PLATFORM_INFO_DIR}/CMakeBPFCompiler.cmake" @ONLY)
set(CMAKE_BPF_COMPILER_ENV_VAR "BPFCC")
