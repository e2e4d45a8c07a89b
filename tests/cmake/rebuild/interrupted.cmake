# A build that is killed while it links or writes a skeleton leaves nothing that
# the next one takes for finished.
function(kill_while what)
  # A bpftool that writes half of its output, and then kills the whole build, but not the configuration.
  file(WRITE "${WORK_DIR}/bin/bpftool" "#!/bin/sh
if [ \"$2\" = ${what} ] && [ \"$3\" != test.o ] && [ ! -e '${WORK_DIR}/killed-${what}' ]; then
  touch '${WORK_DIR}/killed-${what}'
  if [ \"$2\" = object ]; then echo half >\"$3\"; else echo half; fi
  kill -KILL 0
fi
exec '${BPFTOOL}' \"$@\"
")
  file(CHMOD "${WORK_DIR}/bin/bpftool" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  configure("-DBPFBUILD_BPFTOOL=${WORK_DIR}/bin/bpftool")
  execute_process(COMMAND setsid --wait "${CMAKE_COMMAND}" --build "${build_dir}" -j1
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  if(result EQUAL 0 OR NOT EXISTS "${WORK_DIR}/killed-${what}")
    message(FATAL_ERROR "the build was not killed:\n${output}")
  endif()
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${build_dir}"
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "the build after one that was killed failed:\n${output}")
  endif()
  expect_build()
endfunction()

file(STRINGS "${build_dir}/CMakeCache.txt" BPFTOOL REGEX "^BPFBUILD_BPFTOOL:FILEPATH=")
string(REGEX REPLACE ".*=" "" BPFTOOL "${BPFTOOL}")
kill_while(object)
kill_while(skeleton)
