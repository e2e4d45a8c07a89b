/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned int port; /* of this side; connections of others are not told of; 0 for all */
};

#endif
