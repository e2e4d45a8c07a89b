int added_later(void) { return 1; }
