/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

enum { MOST_SOCKETS = 16 };

struct settings {
  unsigned int sockets; /* how many there are */
};

#endif
