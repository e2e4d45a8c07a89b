/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned int major; /* the device of these numbers, */
  unsigned int minor; /* as 'ls -l' shows them, may not be opened */
};

#endif
