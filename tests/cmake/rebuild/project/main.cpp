#include "both.skel.h"
#include "other.skel.h"

int main() {
  both_bpf__destroy(nullptr);
  other_bpf__destroy(nullptr);
}
