run("${CMAKE_COMMAND}" --install "${build_dir}" --prefix "${WORK_DIR}/prefix")
configure_and_build("${source_dir}/user" "${WORK_DIR}/user" "-DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix")
run("${WORK_DIR}/user/user")
