# error: add_bpf_object(alone): files in programs need the language C or CXX; name one in project()
find_package(BpfBuild REQUIRED)
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/alone/CMakeLists.txt" "cmake_minimum_required(VERSION 3.22)
project(alone NONE)
find_package(BpfBuild REQUIRED)
add_bpf_object(alone SOURCES ../../tracer.bpf.c EMBED)
")
execute_process(
  COMMAND "${CMAKE_COMMAND}" -G Ninja -S "${CMAKE_CURRENT_BINARY_DIR}/alone" -B "${CMAKE_CURRENT_BINARY_DIR}/alone/build"
    "-DBpfBuild_DIR=${BpfBuild_DIR}"
  COMMAND_ERROR_IS_FATAL ANY)
