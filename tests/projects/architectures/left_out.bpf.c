#error "this is not built by all"
