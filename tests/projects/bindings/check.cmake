run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-codegen)
run("${CMAKE_COMMAND}" --build "${build_dir}" --target with-types with-types-arm64 with-everything with-everything-arm64)

file(READ "${source_dir}/types.h" header)
foreach(expected IN ITEMS
    "// request:    pt_regs task:pid enum:STATE_RUNNING --closure pointer\n"
    "// regenerate: cmake --build build --target bpf-codegen-types\n"
    "#elif defined(__TARGET_ARCH_arm64)\n")
  string(FIND "${header}" "${expected}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "types.h lacks '${expected}':\n${header}")
  endif()
endforeach()

# A program that takes its arguments from the registers of each architecture.
run("${CMAKE_COMMAND}" --build "${build_dir}" --target probe probe-arm64)
file(READ "${source_dir}/probe/vmlinux.h" header)
if(NOT header MATCHES "#if defined\\(__TARGET_ARCH_x86\\).* di;.*#elif defined\\(__TARGET_ARCH_arm64\\).* regs\\[31\\];"
    OR header MATCHES " bx;| sp;")
  message(FATAL_ERROR "not the registers of the first argument:\n${header}")
endif()

# What tracepoints hand to programs differs as well.
file(READ "${source_dir}/records.h" header)
if(NOT header MATCHES "defined.__TARGET_ARCH_x86.[^#]+long flags;[^#]+#elif defined.__TARGET_ARCH_arm64.[^#]+int flags;")
  message(FATAL_ERROR "records.h is not for both architectures:\n${header}")
endif()

run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-codegen-check)
run(ctest --test-dir "${build_dir}" -R types-as-they-were)
execute_process(COMMAND ctest --test-dir "${build_dir}" -V -R types-of-others OUTPUT_VARIABLE output RESULT_VARIABLE result)
if(result EQUAL 0 OR NOT output MATCHES "struct pt_regs +ax +missing +BREAKS")
  message(FATAL_ERROR "other kernels have passed:\n${output}")
endif()

# A request that the header was not made for.
file(READ "${source_dir}/CMakeLists.txt" project)
string(REPLACE "task:pid enum" "task:pid,state enum" project "${project}")
file(WRITE "${source_dir}/CMakeLists.txt" "${project}")
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-codegen-check-types
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
set(expected "was made for pt_regs task:pid enum:STATE_RUNNING --closure pointer, not for pt_regs task:pid,state")
if(result EQUAL 0 OR NOT output MATCHES "${expected}")
  message(FATAL_ERROR "an old header has passed:\n${output}")
endif()
run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-codegen)
run("${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-codegen-check)
