/* What user space and the program tell each other. */
#ifndef SETTINGS_H
#define SETTINGS_H

/* Before the program is loaded. */
struct settings {
  char function[64]; /* whose address to find */
};

/* The argument of the program. */
struct found {
  unsigned long long address;
};

#endif
