#include "generated.h"

const char file[] = __FILE__;

int two(void) { return one() + sizeof(file); }
