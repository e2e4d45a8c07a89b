#include "named.skel.h"

int main(void) {
  struct own_name* skeleton = own_name__open();
  int works = skeleton && skeleton->progs.count;
  own_name__destroy(skeleton);
  return !works;
}
