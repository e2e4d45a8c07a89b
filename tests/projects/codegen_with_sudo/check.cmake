execute_process(COMMAND id -u OUTPUT_VARIABLE uid OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT uid EQUAL 0 OR NOT EXISTS /sys/kernel/btf/vmlinux)
  message("SKIPPED: needs root and a kernel with BTF")
  return()
endif()

# What sudo does, for a user of no name: root with SUDO_UID and SUDO_GID set.
set(user 12345)
run(chown -R "${user}:${user}" "${WORK_DIR}")
set(sudo "${CMAKE_COMMAND}" -E env SUDO_UID=${user} SUDO_GID=${user})
run(${sudo} "${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-codegen)
expect_file("${source_dir}/include/types.h")

# Also from nothing, where the build tool's own log does not exist yet.
file(REMOVE "${build_dir}/.ninja_log" "${build_dir}/.ninja_deps" "${source_dir}/include/types.h")
run(${sudo} "${CMAKE_COMMAND}" --build "${build_dir}" --target bpf-codegen)
expect_file("${source_dir}/include/types.h")

run(find "${WORK_DIR}" ! -uid ${user})
if(output)
  message(FATAL_ERROR "these do not belong to the user:\n${output}")
endif()
run("${CMAKE_COMMAND}" --build "${build_dir}" --target tgid)
