run_loader("${build_dir}/reader")
