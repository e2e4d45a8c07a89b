int by_expression(void) { return 1; }
