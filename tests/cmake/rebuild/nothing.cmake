# Nothing changed: nothing is made, and Ninja says so.
expect_build()
if(GENERATOR MATCHES "Ninja")
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${build_dir}" OUTPUT_VARIABLE output)
  if(NOT output MATCHES "no work to do")
    message(FATAL_ERROR "Ninja found work to do:\n${output}")
  endif()
endif()
