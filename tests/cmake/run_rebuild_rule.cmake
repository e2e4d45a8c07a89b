# Builds a small project, then includes RULE, which changes something and says
# what the next build has to make.
#
# What RULE can use: the folders source_dir and build_dir, and the commands below.

cmake_minimum_required(VERSION 3.22)

set(source_dir "${WORK_DIR}/source")
set(build_dir "${WORK_DIR}/build")

# configure([<argument>...])
function(configure)
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${source_dir}" -B "${build_dir}"
      "-DBpfBuild_DIR=${BpfBuild_DIR}" ${ARGN}
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "the configuration failed:\n${output}")
  endif()
endfunction()

# expect_build(<file>...): builds, and compares what was made with the files,
# which are named without folders and in any order.
function(expect_build)
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${build_dir}"
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "the build failed:\n${output}")
  endif()
  string(REGEX MATCHALL "(Building|Linking|Writing)[^\n]* [^ \n]+\n" steps "${output}")
  set(made "")
  foreach(step IN LISTS steps)
    string(REGEX REPLACE ".*[ /]([^ /\n]+)\n" "\\1" file "${step}")
    list(APPEND made "${file}")
  endforeach()
  set(expected "${ARGN}")
  list(SORT made)
  list(SORT expected)
  if(NOT "${made}" STREQUAL "${expected}")
    message(FATAL_ERROR "expected to be made: ${expected}\nmade: ${made}\n${output}")
  endif()
endfunction()

# change(<file> <from> <to>): replaces text in a file below source_dir.
function(change file from to)
  file(READ "${source_dir}/${file}" text)
  string(REPLACE "${from}" "${to}" changed "${text}")
  if(changed STREQUAL text)
    message(FATAL_ERROR "${file} does not contain '${from}'")
  endif()
  wait()
  file(WRITE "${source_dir}/${file}" "${changed}")
endfunction()

# touch(<file>): gives a file a new time stamp.
function(touch file)
  wait()
  file(TOUCH "${file}")
endfunction()

# Make, and CMake's own checks, compare some time stamps in whole seconds.
function(wait)
  execute_process(COMMAND "${CMAKE_COMMAND}" -E sleep 1.1)
endfunction()

cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH tests_dir)
file(REMOVE_RECURSE "${WORK_DIR}")
file(COPY "${tests_dir}/cmake/rebuild/project/" DESTINATION "${source_dir}")
configure()
expect_build(first.bpf.c.o second.bpf.c.o both.bpf.o other.bpf.c.o other.bpf.o main.cpp.o app)
include("${RULE}")
