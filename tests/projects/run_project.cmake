# Copies PROJECT to WORK_DIR, configures and builds it there with warnings as
# errors, and includes its check.cmake.
#
# What check.cmake can use: source_dir, build_dir, and the commands below.

cmake_minimum_required(VERSION 3.22)

set(source_dir "${WORK_DIR}/source")
set(build_dir "${WORK_DIR}/build")
if(NOT GENERATOR)
  set(GENERATOR Ninja)
endif()

# run(<command> <argument>...): runs it and sets output; failure ends the test.
function(run)
  execute_process(COMMAND ${ARGV} OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    string(JOIN " " command ${ARGV})
    message(FATAL_ERROR "failed: ${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# configure_and_build(<source> <build> [<argument>...])
macro(configure_and_build source build)
  run("${CMAKE_COMMAND}" -Werror=dev -G "${GENERATOR}" -S "${source}" -B "${build}"
    "-DBpfBuild_DIR=${BpfBuild_DIR}" "-DBPFBUILD_SOURCE_DIR=${BPFBUILD_SOURCE_DIR}"
    "-DCMAKE_C_FLAGS=-Wall -Wextra -Wpedantic -Werror" "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror"
    "-DCMAKE_BPF_FLAGS=-g -O2 -Wextra -Werror" ${ARGN})
  run("${CMAKE_COMMAND}" --build "${build}")
endmacro()

# expect_file(<path>)
function(expect_file path)
  if(NOT EXISTS "${path}")
    message(FATAL_ERROR "not made: ${path}")
  endif()
endfunction()

# expect_equal_files(<path> <path>)
function(expect_equal_files first second)
  file(SHA256 "${first}" first_hash)
  file(SHA256 "${second}" second_hash)
  if(NOT first_hash STREQUAL second_hash)
    message(FATAL_ERROR "different: ${first} and ${second}")
  endif()
endfunction()

# run_loader(<program>): runs what loads BPF programs; without root it has to say what is missing.
function(run_loader program)
  execute_process(COMMAND id -u OUTPUT_VARIABLE uid OUTPUT_STRIP_TRAILING_WHITESPACE)
  execute_process(COMMAND "${program}" OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  if(uid EQUAL 0 AND NOT result EQUAL 0)
    message(FATAL_ERROR "${program}: ${output}")
  elseif(NOT uid EQUAL 0 AND NOT output MATCHES "hint: it needs root: run it with sudo")
    message(FATAL_ERROR "${program} does not say that it needs root:\n${output}")
  endif()
endfunction()

# ctest_says(<test> <results> <text>...): the project's test ends as the regular expression <results> says,
# and its output has these texts; sets was_skipped.
function(ctest_says test results)
  execute_process(COMMAND ctest --test-dir "${build_dir}" -V -R "^${test}$" OUTPUT_VARIABLE output ERROR_VARIABLE output)
  foreach(text IN LISTS ARGN ITEMS "[ *](${results}) ")
    if(NOT output MATCHES "${text}")
      message(FATAL_ERROR "${test}: expected '${text}' in:\n${output}")
    endif()
  endforeach()
  set(was_skipped FALSE PARENT_SCOPE)
  if(output MATCHES "[ *]Skipped ")
    set(was_skipped TRUE PARENT_SCOPE)
  endif()
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
file(COPY "${PROJECT}/" DESTINATION "${source_dir}")
configure_and_build("${source_dir}" "${build_dir}")
include("${source_dir}/check.cmake" OPTIONAL)
