#include <string.h>

#include "monitor.skel.h"

int main(void) {
  struct monitor_bpf* skeleton = monitor_bpf__open();
  if (!skeleton) return 1;
  struct event* last = &skeleton->bss->last;
  memset(last, 0, sizeof *last);
  last->kind = KIND_SOCKET;
  last->flags = 5;
  last->at[1].y = -1;
  last->second = 7;
  last->inner.ok = true;
  last->amount = MUCH;
  last->settings.level = 3;
  last->class_ = 9;

  /* The same bytes as BPF has them. */
  const unsigned char* bytes = (const unsigned char*)last;
  counts_key key = 1;
  by_pair_key pair = {.letter = 'a', .number = 1};
  options_type options = {.level = 1};
  struct kept kept = {.number = 1, .letter = 'b'};
  int same = bytes[0] == 5 && bytes[4] == 5 && bytes[40] == 0 && bytes[48] == 0xff && bytes[66] == 7 &&
             bytes[68] == 1 && bytes[72] == MUCH && bytes[76] == 3 && sizeof(counts_value) == sizeof(struct event) &&
             key == pair.number && options.level == (uint32_t)kept.number && kept.letter != pair.letter;
  monitor_bpf__destroy(skeleton);
  return same ? 0 : 1;
}
