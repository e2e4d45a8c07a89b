run("${build_dir}/app")

execute_process(COMMAND "${CMAKE_COMMAND}" --build "${build_dir}" --target reader
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
if(result EQUAL 0 OR NOT output MATCHES "in C\\+\\+: say project\\(... LANGUAGES C CXX\\)")
  message(FATAL_ERROR "it does not say that the runtime needs C++:\n${output}")
endif()

# A directory below may have C++.
file(WRITE "${source_dir}/above/CMakeLists.txt" "cmake_minimum_required(VERSION 3.22)
project(above C)
find_package(BpfBuild REQUIRED)
add_subdirectory(below)\n")
file(WRITE "${source_dir}/above/below/CMakeLists.txt" "enable_language(CXX)
find_package(BpfBuild REQUIRED)
add_executable(reader ../../reader.c)
target_link_libraries(reader PRIVATE BpfBuild::runtime)\n")
run("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${source_dir}/above" -B "${build_dir}/above" "-DBpfBuild_DIR=${BpfBuild_DIR}")
run("${CMAKE_COMMAND}" --build "${build_dir}/above" --target bpfbuild_runtime -- -n)
