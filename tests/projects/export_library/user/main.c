int counter_works(void);

int main(void) { return !counter_works(); }
