#ifndef FOR_BPF
#error "an option for BPF was lost"
#endif
int for_bpf(void) { return 1; }
