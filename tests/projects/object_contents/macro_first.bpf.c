#define PROGRAM(name, ...) name(__VA_ARGS__)
__attribute__((section("xdp"))) int PROGRAM(first, void* context) {
  return *(volatile int*)context; /* the text */
}

char LICENSE[] __attribute__((section("license"))) = "GPL";
