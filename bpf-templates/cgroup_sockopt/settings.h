/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  int level;  /* the option of this level, */
  int option; /* and of this number, may not be set; 0 for none */
};

#endif
