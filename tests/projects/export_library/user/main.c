int counter_programs(void);

int main(void) { return counter_programs() == 1 ? 0 : 1; }
