/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned int process; /* the only one to tell of, by its PID; 0 for all */
};

#endif
