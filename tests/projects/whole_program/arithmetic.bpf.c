int times_factor(int a) { return a * FACTOR; }
int unused(int a) { return a + 77; }
