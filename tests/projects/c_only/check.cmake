run("${build_dir}/app")
