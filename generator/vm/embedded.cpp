/// init.cpp as the build has compiled it for each architecture that there is a compiler for. INIT_X86 and so
/// on are the files.
#define EMBED(symbol, contents)                                      \
  __asm__(                                                           \
      ".section .rodata\n"                                           \
      ".balign 16\n"                                                 \
      ".global " symbol                                              \
      "\n"                                                           \
      ".hidden " symbol "\n" symbol ":\n" contents ".global " symbol \
      "_end\n"                                                       \
      ".hidden " symbol "_end\n" symbol                              \
      "_end:\n"                                                      \
      ".byte 0\n"                                                    \
      ".previous\n")
#define CONTENTS_OF(path) ".incbin \"" path "\"\n"

EMBED("bpfbuild_fetch_kernel", CONTENTS_OF(FETCH_KERNEL));

#ifdef INIT_X86
EMBED("bpfbuild_init_x86", CONTENTS_OF(INIT_X86));
#else
EMBED("bpfbuild_init_x86", "");
#endif

#ifdef INIT_ARM64
EMBED("bpfbuild_init_arm64", CONTENTS_OF(INIT_ARM64));
#else
EMBED("bpfbuild_init_arm64", "");
#endif

#ifdef INIT_S390
EMBED("bpfbuild_init_s390", CONTENTS_OF(INIT_S390));
#else
EMBED("bpfbuild_init_s390", "");
#endif
