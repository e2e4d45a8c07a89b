if(NOT EXISTS /sys/kernel/btf/vmlinux)
  message("SKIPPED: needs a kernel with BTF")
  return()
endif()
execute_process(
  COMMAND "${source_dir}/with_a_user.sh" "${source_dir}/check.sh" "${CMAKE_COMMAND}" "${GENERATOR}" "${source_dir}"
    "${BpfBuild_DIR}"
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
message("${output}")
if(NOT result EQUAL 0)
  message(FATAL_ERROR "check.sh ends with ${result}")
endif()
