#include "count.skel.h"

int main() { count_bpf__destroy(nullptr); }
