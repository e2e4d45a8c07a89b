# Many jobs at once, from scratch: what they make needs no second build.
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${build_dir}" --clean-first -j8
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "the build with 8 jobs failed:\n${output}")
endif()
expect_build()
