/* What the program has seen. */
struct results {
  int directory;
  int flags;
  char opened[64];
  int executed_by;
  unsigned executed_size;
  char executed[64];
  int tgid;
  int sum;
};
