int from_directory(void) { return 5; }
