run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-prebuilt)
file(RENAME "${build_dir}/bpf-prebuilt" "${WORK_DIR}/from elsewhere")
set(prebuilt "-DBPFBUILD_PREBUILT_DIR=${WORK_DIR}/from elsewhere")

# No tools: any that are asked for are not there.
set(ENV{BPFCC} /nowhere/clang)
set(no_tools -DBPFBUILD_BPFTOOL=/nowhere/bpftool)
foreach(generator IN ITEMS "Ninja" "Ninja Multi-Config" "Unix Makefiles")
  set(GENERATOR "${generator}")
  set(build "${WORK_DIR}/${generator}")
  configure_and_build("${source_dir}" "${build}" "${prebuilt}" ${no_tools})
  file(GLOB_RECURSE app "${build}/app")
  run(${app})
  file(GLOB_RECURSE object "${build}/counter.o")
  expect_equal_files("${build_dir}/counter.o" "${object}")
  run("${CMAKE_COMMAND}" --install "${build}" --prefix "${build}/prefix" --config Debug)
  expect_equal_files("${build_dir}/counter.o" "${build}/prefix/share/count/counter.o")
endforeach()

# By a path from where cmake runs.
execute_process(COMMAND "${CMAKE_COMMAND}" "${WORK_DIR}/Ninja" "-DBPFBUILD_PREBUILT_DIR=from elsewhere"
  WORKING_DIRECTORY "${WORK_DIR}" COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
run("${CMAKE_COMMAND}" --build "${WORK_DIR}/Ninja")

# What reads programs needs the compiler.
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${WORK_DIR}/Ninja" --target bpf-codegen
  OUTPUT_VARIABLE output RESULT_VARIABLE result)
if(result EQUAL 0 OR NOT output MATCHES "types: its programs are read with clang, so configure without BPFBUILD_PREBUILT_DIR")
  message(FATAL_ERROR "bindings of programs without clang:\n${output}")
endif()

# expect_error(<message>): configuring once more fails with the message.
function(expect_error message)
  execute_process(COMMAND "${CMAKE_COMMAND}" "${WORK_DIR}/Ninja" "${prebuilt}"
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
  string(REGEX REPLACE "[ \n]+" "" output_letters "${output}")
  string(REGEX REPLACE " +" "" message_letters "${message}")
  string(FIND "${output_letters}" "${message_letters}" position)
  if(result EQUAL 0 OR position EQUAL -1)
    message(FATAL_ERROR "expected: ${message}\nfound:\n${output}")
  endif()
endfunction()
set(folder "${WORK_DIR}/from elsewhere/count")

file(READ "${source_dir}/count.bpf.c" text)
file(WRITE "${source_dir}/count.bpf.c" "/* changed */ ${text}")
expect_error("add_bpf_object(count): '${source_dir}/count.bpf.c' is not what '${folder}/count.bpf.o' was built from; \
build target bpf-prebuilt again, and copy its folder")
file(WRITE "${source_dir}/count.bpf.c" "${text}")

file(RENAME "${folder}/count.skel.h" "${folder}/gone")
expect_error("add_bpf_object(count): '${folder}/count.skel.h' is not there; \
build target bpf-prebuilt where clang and bpftool are, and copy its folder")
file(RENAME "${folder}/gone" "${folder}/count.skel.h")

file(WRITE "${folder}/count.bpf.o" "this is an empty stub")
expect_error("add_bpf_object(count): '${folder}/count.bpf.o' is no BPF object; \
build target bpf-prebuilt where clang and bpftool are, and copy its folder")
