# After the clock was set back, what was made before has times to come, and a source that is edited now is
# older. Ninja and Make then do not compile it in any language: BPF is no better off than C++, and no worse.
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

# build(<is compiled>): builds, and compares what becomes of the sources of both languages.
function(build is_compiled)
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${build_dir}"
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  foreach(object IN ITEMS first.bpf.c.o main.cpp.o)
    string(REGEX MATCH "Building [^\n]*/${object}\n" step "${output}")
    if(NOT result EQUAL 0 OR (is_compiled AND NOT step) OR (step AND NOT is_compiled))
      message(FATAL_ERROR "expected ${object} to be made: ${is_compiled}\n${output}")
    endif()
  endforeach()
endfunction()
touch("${source_dir}/first.bpf.c")
touch("${source_dir}/main.cpp")
build(TRUE)
file(WRITE "${WORK_DIR}/clock-is-right" "")
change(first.bpf.c "return" "return 2 *")
change(main.cpp "int main" "/* edited */ int main")
build(FALSE)

# When the time has passed, they are compiled.
foreach(source IN ITEMS first.bpf.c main.cpp)
  execute_process(COMMAND touch -d "2 hours" "${source_dir}/${source}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
build(TRUE)
