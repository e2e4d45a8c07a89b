# The same in the environment, where it is read for all languages, as on the command line.
set(ENV{CFLAGS} "-O1 -march=native -fsanitize=address")
set(ENV{CXXFLAGS} "-O1 -march=native -fsanitize=address")
set(ENV{LDFLAGS} "-fsanitize=address")
run(
  "${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${source_dir}" -B "${build_dir}-host-flags" -DHOST_FLAGS=ON
  -DCMAKE_BUILD_TYPE=Debug "-DBpfBuild_DIR=${BpfBuild_DIR}" "-DCMAKE_BPF_FLAGS=-g -O2 -Wextra -Werror"
  -DCMAKE_COLOR_DIAGNOSTICS=ON -DCMAKE_COMPILE_WARNING_AS_ERROR=ON -DCMAKE_EXPORT_COMPILE_COMMANDS=ON)
run("${CMAKE_COMMAND}" --build "${build_dir}-host-flags")
expect_equal_files("${build_dir}/count.bpf.o" "${build_dir}-host-flags/count.bpf.o")

# What is said of all languages holds for BPF, too, where CMake knows it.
file(READ "${build_dir}-host-flags/compile_commands.json" commands)
if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.24 AND NOT commands MATCHES "-fcolor-diagnostics.*count.bpf.c")
  message(FATAL_ERROR "CMAKE_COLOR_DIAGNOSTICS does not reach BPF:\n${commands}")
endif()
