#include "monitor.skel.h"
#include "other.skel.h"

int main() {
  monitor_bpf* skeleton = monitor_bpf__open();
  other_bpf* other = other_bpf__open();
  if (!skeleton || !other) return 1;
  event& last = skeleton->bss->last;
  last.kind = KIND_SOCKET;
  settings_t settings = {};
  last.settings = settings;
  const kept& kept = other->bss->value;
  const bool right = kept.number == 0 && last.class_ == 0;
  monitor_bpf__destroy(skeleton);
  other_bpf__destroy(other);
  return right ? 0 : 1;
}
