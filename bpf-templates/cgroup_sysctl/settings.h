/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned int read_only; /* whether no sysctl may be written */
};

#endif
