int deferred(void) { return 1; }
