int third_party(void);

int third_party(void) { return 1; }
