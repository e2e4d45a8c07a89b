/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned long long slice; /* time that a process may run at a stretch, in nanoseconds */
};

#endif
