/* Opens a file and executes another one, and compares with what the BPF program has seen of it. */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "results.h"

#include "calls.skel.h" /* which has a struct results */

static void expect(int is_right, const char* what) {
  if (is_right) return;
  fprintf(stderr, "wrong: %s\n", what);
  exit(1);
}

int main(void) {
  const char* file = "/no/such/file";
  const char* program = "/bin/sh";
  struct calls_bpf* calls = calls_bpf__open_and_load();
  expect(calls && !calls_bpf__attach(calls), "it does not load");
  volatile struct results* seen = (volatile struct results*)&calls->bss->results;
  int* watched = &calls->bss->watched_process;

  *watched = getpid();
  expect(openat(AT_FDCWD, file, O_RDONLY | O_NOFOLLOW) < 0, "openat() works");
  LIBBPF_OPTS(bpf_test_run_opts, options);
  expect(!bpf_prog_test_run_opts(bpf_program__fd(calls->progs.call), &options) && options.retval == 0,
         "no task");
  expect(seen->tgid == getpid(), "tgid");
  expect(seen->sum == 10, "sum");
  expect(!strcmp((const char*)seen->opened, file), "name of the opened file");
  expect(seen->directory == AT_FDCWD, "directory");
  expect(seen->flags & O_NOFOLLOW, "flags");

  int gate[2];
  expect(!pipe(gate), "pipe");
  pid_t child = fork();
  if (child == 0) {
    char go;
    expect(read(gate[0], &go, 1) == 1, "read");
    execl(program, program, "-c", "exit 0", (char*)NULL);
    _exit(1);
  }
  *watched = child;
  expect(write(gate[1], "", 1) == 1, "write");
  int status = 1;
  expect(waitpid(child, &status, 0) == child && status == 0, "child");
  expect(!strcmp((const char*)seen->executed, program), "name of the executed file");
  expect(seen->executed_size == strlen(program) + 1, "size of that name");
  expect(seen->executed_by == child, "process");
  puts("all seen");
  return 0;
}
