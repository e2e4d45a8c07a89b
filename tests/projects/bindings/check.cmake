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
