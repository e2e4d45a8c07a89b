# After the clock was set back, what was made before has times to come, and a source that is edited now is
# older. Ninja since 1.12 compiles it, older ones and Make do not: BPF fares as C++ does.
file(WRITE "${WORK_DIR}/ahead" "#!/bin/sh
\"$@\" || exit
[ ! -e '${WORK_DIR}/clock-is-right' ] || exit 0
while [ $# -gt 1 ]; do
  if [ \"$1\" = -o ]; then touch -d '1 hour' \"$2\"; fi
  shift
done
")
file(CHMOD "${WORK_DIR}/ahead" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
configure("-DCMAKE_BPF_COMPILER_LAUNCHER=${WORK_DIR}/ahead" "-DCMAKE_CXX_COMPILER_LAUNCHER=${WORK_DIR}/ahead")

# build(<made>...): builds, and what is made of the sources of both languages has to be one of the arguments.
function(build)
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${build_dir}"
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  set(made "")
  foreach(object IN ITEMS first.bpf.c.o main.cpp.o)
    if(output MATCHES "Building [^\n]*/${object}\n")
      string(APPEND made " ${object}")
    endif()
  endforeach()
  if(NOT result EQUAL 0 OR NOT "made:${made}" IN_LIST ARGN)
    message(FATAL_ERROR "expected one of: ${ARGN}\n${output}")
  endif()
endfunction()
set(both "made: first.bpf.c.o main.cpp.o")
set(neither "made:")
touch("${source_dir}/first.bpf.c")
touch("${source_dir}/main.cpp")
build("${both}")
file(WRITE "${WORK_DIR}/clock-is-right" "")
change(first.bpf.c "return" "return 2 *")
change(main.cpp "int main" "/* edited */ int main")
build("${both}" "${neither}")

# When the time has passed, they are compiled.
foreach(source IN ITEMS first.bpf.c main.cpp)
  execute_process(COMMAND touch -d "2 hours" "${source_dir}/${source}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
build("${both}")
