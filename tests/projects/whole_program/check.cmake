run("${build_dir}/app")

function(expect_functions object expected)
  run(readelf --symbols --wide "${object}")
  string(REGEX MATCHALL " FUNC [^\n]* [a-z_]+\n" functions "${output}")
  list(TRANSFORM functions REPLACE ".* ([a-z_]+)\n" "\\1")
  list(SORT functions)
  if(NOT functions STREQUAL expected)
    message(FATAL_ERROR "${object} has functions ${functions}, expected ${expected}")
  endif()
endfunction()
expect_functions("${build_dir}/plain.bpf.o" "program;times_factor;unused;value")
expect_functions("${build_dir}/whole.bpf.o" "program")

run(llvm-objdump --disassemble "${build_dir}/whole.bpf.o")
if(output MATCHES "call -1" OR NOT output MATCHES "\\*= (0x)?3")
  message(FATAL_ERROR "nothing was inlined:\n${output}")
endif()
expect_file("${build_dir}/whole.linked.ll")
expect_file("${build_dir}/whole.optimized.ll")
expect_file("${build_dir}/helper.optimized.ll")

# Files that are too many for a command are named in a file.
configure_and_build("${source_dir}" "${WORK_DIR}/many" -DCMAKE_NINJA_FORCE_RESPONSE_FILE=ON)
foreach(object IN ITEMS plain whole)
  expect_equal_files("${build_dir}/${object}.bpf.o" "${WORK_DIR}/many/${object}.bpf.o")
endforeach()

# The verifier has less to do.
execute_process(COMMAND "${build_dir}/app" --count OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
if(result EQUAL 77)
  message("SKIPPED: loading objects needs root")
elseif(NOT result EQUAL 0)
  message(FATAL_ERROR "the verifier has no less to do with the optimised object:\n${output}")
endif()

# An object without skeletons, and of another name, can be gathered too.
run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-prebuilt)
expect_equal_files("${build_dir}/helper.o" "${build_dir}/bpf-prebuilt/renamed/renamed.bpf.o")
