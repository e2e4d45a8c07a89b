/* What user space tells the program before it loads it. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
  unsigned short port;     /* connections to it are redirected; 0 for none */
  unsigned short new_port; /* where they go instead */
};

#endif
