/* Loads @NAME@.bpf.c, attaches it and prints what it logs, until Ctrl-C or until a command has ended. */
#include <bpf/libbpf.h>
#include <bpfbuild/runtime.h>
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attach.h"
#include "options.h"

static volatile sig_atomic_t stop_requested = 0;

static void request_stop(int signal) {
  (void)signal;
  stop_requested = 1;
}

static pid_t start(char** command) {
  const pid_t child = fork();
  if (child < 0) err(1, "cannot start the command");
  if (child == 0) {
    execvp(command[0], command);
    warn("%s", command[0]);
    _exit(127);
  }
  return child;
}

/* Returns the exit code: that of the command, if there is one. */
static int print_log(struct bpfbuild_log* log, char** command, int done) {
  if (!command && !done) fprintf(stderr, "@NAME@ is attached; press Ctrl-C to stop.\n");
  const pid_t child = command ? start(command) : 0;
  int status = 0;
  int ended = done;
  do {
    if (child != 0) ended = waitpid(child, &status, WNOHANG) == child;
    bpfbuild_log_poll(log, ended ? 0 : 100);
  } while (!ended && !stop_requested);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static int attach_skeleton(void* skeleton) { return attach((struct @ID@_bpf*)skeleton); }

static int run(struct @ID@_bpf* skeleton, char** command) {
  configure(skeleton);
  if (bpfbuild_load(skeleton->skeleton) != 0) return 1; /* It has said why. */
  const int result = bpfbuild_attach_by(skeleton->skeleton, attach_skeleton, skeleton);
  if (result < 0) return 1;
  struct bpfbuild_log* const log = bpfbuild_log_open(skeleton->obj, stdout);
  if (!log) return 1;
  const int status = print_log(log, command, result > 0);
  bpfbuild_log_close(log);
  return status;
}

int main(int argc, char** argv) {
  char** const command = read_options(argc, argv);
  signal(SIGINT, request_stop);
  signal(SIGTERM, request_stop);

  struct @ID@_bpf* const skeleton = @ID@_bpf__open();
  if (!skeleton) err(1, "cannot open the program");
  const int status = run(skeleton, command);
  @ID@_bpf__destroy(skeleton);
  return status;
}
