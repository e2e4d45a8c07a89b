# Makes a project of each of the KINDS in LANGUAGE, and builds all of them at once, with warnings as errors.

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
foreach(kind IN LISTS KINDS)
  string(REPLACE "." "-" name "a-${kind}")
  run("${BPFBUILD}" new ${kind} "${WORK_DIR}/source/${kind}" --name ${name} --lang ${LANGUAGE})
  string(APPEND project "add_subdirectory(${kind})\n")
endforeach()
file(WRITE "${WORK_DIR}/source/CMakeLists.txt" "${project}")
run("${CMAKE_COMMAND}" -Werror=dev -G "${GENERATOR}" -S "${WORK_DIR}/source" -B "${WORK_DIR}/build"
  "-DBpfBuild_DIR=${BpfBuild_DIR}" -DCMAKE_COMPILE_WARNING_AS_ERROR=ON
  "-DCMAKE_C_FLAGS=-Wall -Wextra -Wpedantic -Werror" "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror"
  "-DCMAKE_BPF_FLAGS=-g -O2 -Werror")
run("${CMAKE_COMMAND}" --build "${WORK_DIR}/build" -j 2)
