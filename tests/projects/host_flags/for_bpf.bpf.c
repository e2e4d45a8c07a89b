#if !defined(FOR_BPF) || !defined(AS_WELL) || !defined(OF_TARGET)
#error "an option for BPF was lost"
#endif
int for_bpf(void) { return 1; }
