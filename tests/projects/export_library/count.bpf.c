char LICENSE[] __attribute__((section("license"))) = "GPL";

__attribute__((section("xdp"))) int count(void* context) { return context ? 2 : 0; }
