int third_party();

int third_party() { return 1; }
