# Configures a project whose CMakeLists.txt is CASE. The configuration (or, if
# CASE says "# build:" instead of "# error:", the build) must fail with the
# message that stands in CASE; if CASE says "# warning:", the build must succeed
# with it. White space does not count, for CMake wraps lines.

cmake_minimum_required(VERSION 3.22)

file(READ "${CASE}" text)
if(NOT text MATCHES "^# (error|build|warning): ([^\n]+)\n")
  message(FATAL_ERROR "${CASE} does not begin with '# error: <message>', '# build: <message>' or '# warning: <message>'")
endif()
set(step "${CMAKE_MATCH_1}")
set(message "${CMAKE_MATCH_2}")
cmake_path(GET CASE PARENT_PATH case_dir)

file(REMOVE_RECURSE "${WORK_DIR}")
set(project "project(case CXX)
set(case_dir \"${case_dir}\")
include(\"${CASE}\")
")
if(text MATCHES "\nproject\\(") # the case is the whole project
  set(project "${text}")
endif()
file(WRITE "${WORK_DIR}/CMakeLists.txt" "cmake_minimum_required(VERSION 3.22)\n${project}")
file(WRITE "${WORK_DIR}/tracer.bpf.c" "char LICENSE[] __attribute__((section(\"license\"), used)) = \"MIT\";\n")
file(WRITE "${WORK_DIR}/main.cpp" "int main() {}\n")

execute_process(
  COMMAND "${CMAKE_COMMAND}" -G Ninja -S "${WORK_DIR}" -B "${WORK_DIR}/build" "-DBpfBuild_DIR=${BpfBuild_DIR}"
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
if(NOT step STREQUAL "error")
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "the configuration failed:\n${output}")
  endif()
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${WORK_DIR}/build"
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
endif()
if(step STREQUAL "warning" AND NOT result EQUAL 0)
  message(FATAL_ERROR "failed:\n${output}")
elseif(NOT step STREQUAL "warning" AND result EQUAL 0)
  message(FATAL_ERROR "succeeded, but should have failed with:\n${message}\n${output}")
endif()

string(REPLACE "<build>" "${WORK_DIR}/build" message "${message}")
string(REPLACE "<source>" "${WORK_DIR}" message "${message}")
string(REPLACE "<case>" "${case_dir}" message "${message}")
string(REGEX REPLACE "[ \n]+" "" output_letters "${output}")
string(REGEX REPLACE " +" "" message_letters "${message}")
string(FIND "${output_letters}" "${message_letters}" position)
if(position EQUAL -1)
  message(FATAL_ERROR "expected:\n${message}\nfound:\n${output}")
endif()
