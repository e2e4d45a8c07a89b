#define NESTED 1
