# Makes a project of each of the KINDS in LANGUAGE, and builds all of them at once, with warnings as errors; the
# programs, which are the same in all languages, in one of them for another architecture too.

cmake_minimum_required(VERSION 3.22)

# run(<command> <argument>...)
function(run)
  execute_process(COMMAND ${ARGV} OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    string(JOIN " " command ${ARGV})
    message(FATAL_ERROR "failed: ${command}\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
file(MAKE_DIRECTORY "${WORK_DIR}/source")
set(project "cmake_minimum_required(VERSION 3.22)\nproject(kinds C CXX)\nenable_testing()\n")
string(APPEND project "find_package(BpfBuild REQUIRED)\n")
foreach(kind IN LISTS KINDS)
  string(REPLACE "." "-" name "a-${kind}")
  run("${BPFBUILD}" new ${kind} "${WORK_DIR}/source/${kind}" --name ${name} --lang ${LANGUAGE})
  string(APPEND project "add_subdirectory(${kind})\n")
  # libbpf's usdt.bpf.h includes headers of the other system.
  if(LANGUAGE STREQUAL "c" AND (NOT kind STREQUAL "usdt" OR EXISTS /usr/include/aarch64-linux-gnu/asm/errno.h))
    string(APPEND project "add_bpf_object(${name}-foreign SOURCES ${kind}/${name}.bpf.c ARCH arm64 NO_SKELETON)\n"
      "target_link_libraries(${name}-foreign PRIVATE BpfBuild::log)\n")
  endif()
endforeach()
file(WRITE "${WORK_DIR}/source/CMakeLists.txt" "${project}")
run("${CMAKE_COMMAND}" -Werror=dev -G "${GENERATOR}" -S "${WORK_DIR}/source" -B "${WORK_DIR}/build"
  "-DBpfBuild_DIR=${BpfBuild_DIR}" -DCMAKE_COMPILE_WARNING_AS_ERROR=ON
  "-DCMAKE_C_FLAGS=-Wall -Wextra -Wpedantic -Werror" "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror"
  "-DCMAKE_BPF_FLAGS=-g -O2 -Werror")
run("${CMAKE_COMMAND}" --build "${WORK_DIR}/build" -j 2)
