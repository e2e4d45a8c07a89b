#ifndef STEP
#error "the source has lost its own definition"
#endif
int generated(void);
int later(void);
int of_library(void);
int later_of_library(void);
int from_directory(void);
