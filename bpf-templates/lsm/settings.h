/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  char forbidden[32]; /* name of files that nobody may open */
};

#endif
