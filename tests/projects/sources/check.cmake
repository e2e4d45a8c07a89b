if(GENERATOR MATCHES "Multi-Config")
  return() # that it builds is enough
endif()
run("${build_dir}/app")

# Each of them is followed.
foreach(source IN ITEMS later.bpf.c sub/from_directory.bpf.c sub/later_of_library.bpf.c generated.c.in)
  file(SHA256 "${build_dir}/count.bpf.o" before)
  file(READ "${source_dir}/${source}" text)
  string(REPLACE "return" "return 100 +" text "${text}")
  file(WRITE "${source_dir}/${source}" "${text}")
  run("${CMAKE_COMMAND}" --build "${build_dir}")
  file(SHA256 "${build_dir}/count.bpf.o" after)
  if(before STREQUAL after)
    message(FATAL_ERROR "a change of ${source} has not come into the object:\n${output}")
  endif()
endforeach()

# With prebuilt objects none is compiled, and each is compared.
run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-prebuilt)
set(ENV{BPFCC} /nowhere/clang)
set(prebuilt_build_dir "${WORK_DIR}/from prebuilt")
configure_and_build("${source_dir}" "${prebuilt_build_dir}" "-DBPFBUILD_PREBUILT_DIR=${build_dir}/bpf-prebuilt")
run("${prebuilt_build_dir}/app")
file(APPEND "${source_dir}/sub/from_directory.bpf.c" "/* changed */")
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${prebuilt_build_dir}"
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
string(REGEX REPLACE "[ \n]+" " " output "${output}")
if(result EQUAL 0 OR NOT output MATCHES "from_directory.bpf.c' is not what")
  message(FATAL_ERROR "another source than that of the prebuilt object:\n${output}")
endif()
