/* __FILE__ is a path, too. */
const char file[] = __FILE__;

static __attribute__((noinline)) int add(int a) { return a + sizeof file; }

/* 32-bit comparison: a jump instruction of its own in v3, none in v1. */
int second(int a, int b) { return a < b ? add(a) : 3; }
