#include "vmlinux.h"

#define FIELD_OF_SECOND flags
