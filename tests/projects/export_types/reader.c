#include "monitor.types.h"

uint64_t pointer_of(const counts_value* value) { return value->pointer; }
