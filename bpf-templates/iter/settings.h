/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned int parent; /* whose children to print, by its PID; 0 for all processes */
};

#endif
