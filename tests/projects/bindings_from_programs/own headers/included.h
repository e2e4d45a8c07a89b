#define SECTION(name) __attribute__((section(name), used))
