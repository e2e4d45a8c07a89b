#include "plain.skel.h"
#include "whole.skel.h"

int main() {
  plain_bpf* plain = plain_bpf__open();
  whole_bpf* whole = whole_bpf__open();
  const bool same = plain && whole && plain->bss->calls == whole->bss->calls && plain->progs.program &&
                    whole->progs.program && whole->maps.values;
  plain_bpf__destroy(plain);
  whole_bpf__destroy(whole);
  return same ? 0 : 1;
}
