/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned int verbose; /* whether to tell of each packet */
};

#endif
