#ifndef SAMPLE_H
#define SAMPLE_H

#ifdef ANOTHER_BUSY
enum state { IDLE, BUSY = ANOTHER_BUSY };
#else
enum state { IDLE, BUSY = 7 };
#endif

struct sample {
  char tag;
#ifdef WITH_LONG
  long value; /* 4 bytes for user space of 32 bits */
#else
  long long value __attribute__((aligned(8)));
#endif
  enum state state;
};

#endif
