#include "count-execve.skel.h"
#include "count.skel.h"

int main() {
  count_execve_bpf* first = count_execve_bpf__open();
  count_bpf* second = count_bpf__open();
  const bool opened = first && second;
  count_execve_bpf__destroy(first);
  count_bpf__destroy(second);
  return opened ? 0 : 1;
}
