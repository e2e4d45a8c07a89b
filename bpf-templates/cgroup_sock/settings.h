/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned int refused_family; /* no process gets sockets of it; 0 for none */
};

#endif
