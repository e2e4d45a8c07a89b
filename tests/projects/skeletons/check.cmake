run("${build_dir}/in_c")
run("${build_dir}/in_cpp")
run("${build_dir}/with_own_name")

# The light one has nothing to look at before it is loaded, which takes root.
execute_process(COMMAND "${build_dir}/light" OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
if(result EQUAL 77)
  message("SKIPPED: loading the light skeleton needs root")
elseif(NOT result EQUAL 0)
  message(FATAL_ERROR "the light skeleton does not load:\n${output}")
endif()
