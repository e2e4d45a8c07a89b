int shared(void) { return 1; }
