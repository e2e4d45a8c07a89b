/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned short closed_port; /* UDP packets to it are dropped; 0 for none */
};

#endif
