char LICENSE[] __attribute__((section("license"))) = "GPL";

#if defined(__TARGET_ARCH_x86)
#define OF_ARCH(name) name##_of_x86
#else
#define OF_ARCH(name) name##_of_arm64
#endif
int OF_ARCH(of_arch)(void);
int OF_ARCH(of_arch_too)(void);

__attribute__((section("xdp"))) int by_expression(void* context) {
  (void)context;
  return OF_ARCH(of_arch)() + OF_ARCH(of_arch_too)();
}
