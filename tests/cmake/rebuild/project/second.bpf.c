#include "generated.h"

int second(void) { return GENERATED; }
