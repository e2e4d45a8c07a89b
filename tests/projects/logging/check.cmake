foreach(wrong IN ITEMS
    "type:format specifies type 'int' but the argument has type 'char *'"
    "number:more '%' conversions than data arguments"
    "user:format specifies type 'int' but the argument has type 'char *'")
  string(REGEX REPLACE ":.*" "" name "${wrong}")
  string(REGEX REPLACE "^[^:]*:" "" expected "${wrong}")
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${build_dir}" --target wrong_${name}
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  string(FIND "${output}" "${expected}" position)
  if(result EQUAL 0 OR position EQUAL -1)
    message(FATAL_ERROR "wrong_${name}.bpf.c: expected '${expected}' and an error, not:\n${output}")
  endif()
endforeach()

run_loader("${build_dir}/reader")
