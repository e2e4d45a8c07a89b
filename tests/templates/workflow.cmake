# A project of a kind by itself, as a newcomer meets it: made as the README says it, put through its workflow, and its
# header written anew.

cmake_minimum_required(VERSION 3.22)
if(CMAKE_VERSION VERSION_LESS 3.25)
  message("SKIPPED: CMake ${CMAKE_VERSION} has no workflows; 3.25 has")
  return()
endif()

# run(<command> <argument>...): runs it in the project, and sets output.
function(run)
  execute_process(COMMAND ${ARGV} WORKING_DIRECTORY "${WORK_DIR}/hello"
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    string(JOIN " " command ${ARGV})
    message(FATAL_ERROR "failed: ${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(READ "${README}" readme)
if(NOT readme MATCHES "\nbpfbuild (new [^\n]* hello)\ncd hello && cmake ([^\n&]*) && sudo build/hello\n")
  message(FATAL_ERROR "the README has no tour")
endif()
separate_arguments(new UNIX_COMMAND "${CMAKE_MATCH_1}")
separate_arguments(workflow UNIX_COMMAND "${CMAKE_MATCH_2}")
file(REMOVE_RECURSE "${WORK_DIR}")
file(MAKE_DIRECTORY "${WORK_DIR}")
execute_process(COMMAND "${BPFBUILD}" ${new} WORKING_DIRECTORY "${WORK_DIR}" COMMAND_ERROR_IS_FATAL ANY)
set(ENV{BpfBuild_DIR} "${BpfBuild_DIR}")
run("${CMAKE_COMMAND}" ${workflow})
if(NOT EXISTS "${WORK_DIR}/hello/build/compile_commands.json")
  message(FATAL_ERROR "the workflow writes no compile_commands.json")
endif()

# The committed header is what the program asks for, and can be written anew.
if(EXISTS /sys/kernel/btf/vmlinux)
  run("${CMAKE_COMMAND}" --build build --target bpf-codegen-check)
  run("${CMAKE_COMMAND}" --build build --target bpf-codegen)
  run("${CMAKE_COMMAND}" --build build)
endif()

# On another kernel, as the project's README says it; without network there is none, and the tests are skipped.
file(READ "${WORK_DIR}/hello/README.md" readme)
if(NOT readme MATCHES "\n(cmake [^\n]*) -DBPFBUILD_TEST_KERNELS='[^\n]*(debian:bookworm)[^\n]*'\n(cmake [^\n]*)\n(ctest [^\n]*)\n")
  message(FATAL_ERROR "the project's README tells of no kernels:\n${readme}")
endif()
separate_arguments(configure UNIX_COMMAND "${CMAKE_MATCH_1} -DBPFBUILD_TEST_KERNELS=${CMAKE_MATCH_2}")
separate_arguments(fetch UNIX_COMMAND "${CMAKE_MATCH_3}")
separate_arguments(test UNIX_COMMAND "${CMAKE_MATCH_4}")
run(${configure})
execute_process(COMMAND ${fetch} WORKING_DIRECTORY "${WORK_DIR}/hello" RESULT_VARIABLE result)
run(${test})
if(result EQUAL 0 AND NOT output MATCHES "hello.works [ .]* (Passed|[*]*Skipped)")
  message(FATAL_ERROR "the test is not run on another kernel:\n${output}")
endif()
