#include "arch.skel.h"

int registers(arch_bpf* skeleton) { return skeleton->data->registers; }
