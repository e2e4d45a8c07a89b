/* __FILE__ is a path, too. */
const char file[] = __FILE__;

/* 32-bit comparison: a jump instruction of its own in v3, none in v1. */
int second(int a, int b) { return a < b ? a : 3; }
