int of_interface(void) { return 1; }
