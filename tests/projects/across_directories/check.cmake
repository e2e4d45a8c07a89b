run("${build_dir}/user/app")
