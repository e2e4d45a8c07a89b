/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned short refused_port; /* no process may bind to it; 0 for none */
};

#endif
