#include <bpfbuild/runtime.h>

int main(void) { return 0; }
