/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned int user; /* the only one whose processes to tell of, by its UID; ~0 for all */
};

#endif
