/* No header of an architecture, so that none needs to be installed. */
#ifndef SAID_LATER
#error "a definition was lost"
#endif
#if defined(__TARGET_ARCH_x86)
int architecture = 86;
#elif defined(__TARGET_ARCH_arm64)
int architecture = 64;
#elif defined(__TARGET_ARCH_s390)
int architecture = 390;
#endif

int answer(void);
int added_later(void);

__attribute__((section("tracepoint/syscalls/sys_enter_execve"), used)) int program(void* context) {
  (void)context;
  return answer() + added_later() + ANSWER + architecture;
}
