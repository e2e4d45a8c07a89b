/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned int first_port; /* connections to the ports from this */
  unsigned int last_port;  /* to this, go to the socket */
};

#endif
