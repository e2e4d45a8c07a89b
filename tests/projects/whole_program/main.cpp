/* app: opens both objects. app --count: loads them, and prints how many instructions the verifier went through
   for each; ends with 77 when it may not load. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "plain.skel.h"
#include "whole.skel.h"

static int instructions(bpf_object* object, bpf_program* program) {
  static char log[1 << 16];
  bpf_program__set_log_level(program, 4); /* statistics */
  bpf_program__set_log_buf(program, log, sizeof log);
  if (const int error = bpf_object__load(object)) return error;
  const char* count = strstr(log, "processed ");
  int number = 0;
  return count && sscanf(count, "processed %d insns", &number) == 1 ? number : -EINVAL;
}

int main(int argc, char** argv) {
  plain_bpf* plain = plain_bpf__open();
  whole_bpf* whole = whole_bpf__open();
  bool right = plain && whole && plain->bss->calls == whole->bss->calls && plain->progs.program &&
               whole->progs.program && whole->maps.values;
  if (right && argc == 2 && strcmp(argv[1], "--count") == 0) {
    const int of_plain = instructions(plain->obj, plain->progs.program);
    const int of_whole = instructions(whole->obj, whole->progs.program);
    if (of_plain == -EPERM || of_whole == -EPERM) return 77;
    printf("%d as it is, %d as a whole\n", of_plain, of_whole);
    right = of_whole > 0 && of_whole < of_plain;
  }
  plain_bpf__destroy(plain);
  whole_bpf__destroy(whole);
  return right ? 0 : 1;
}
