int later_of_library(void) { return 6; }
