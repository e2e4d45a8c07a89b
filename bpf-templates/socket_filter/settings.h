/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned short port; /* UDP packets to it are told of; 0 for all packets */
};

#endif
