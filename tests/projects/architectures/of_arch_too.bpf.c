#if defined(__TARGET_ARCH_x86)
int of_arch_too_of_x86(void) { return 1; }
#else
int of_arch_too_of_arm64(void) { return 1; }
#endif
