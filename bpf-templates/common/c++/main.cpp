// Loads @NAME@.bpf.c, attaches it and prints what it logs, until Ctrl-C or until a command has ended.
#include <sys/wait.h>
#include <unistd.h>

#include <bpfbuild/loader.hpp>
#include <bpfbuild/log.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <system_error>

#include "attach.h"
#include "options.h"

namespace {

volatile std::sig_atomic_t stop_requested = 0;

pid_t start(char** command) {
  const pid_t child = fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "cannot start the command");
  if (child == 0) {
    execvp(command[0], command);
    std::fprintf(stderr, "@NAME@: %s: %s\n", command[0], std::strerror(errno));
    _exit(127);
  }
  return child;
}

// Returns the exit code: that of the command, if there is one.
int run(char** command) {
  bpfbuild::skeleton<@ID@_bpf> skeleton;
  configure(skeleton.get());
  skeleton.load();
  const bool done = skeleton.attach(attach) > 0;

  bpfbuild::log_reader log(skeleton, bpfbuild::message_sink(stdout));
  if (!command && !done) std::fprintf(stderr, "@NAME@ is attached; press Ctrl-C to stop.\n");
  const pid_t child = command ? start(command) : 0;
  int status = 0;
  bool ended = done;
  do {
    if (child != 0) ended = waitpid(child, &status, WNOHANG) == child;
    log.poll(std::chrono::milliseconds(ended ? 0 : 100));
  } while (!ended && !stop_requested);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace

int main(int argc, char** argv) {
  char** const command = read_options(argc, argv);
  std::signal(SIGINT, [](int) { stop_requested = 1; });
  std::signal(SIGTERM, [](int) { stop_requested = 1; });
  try {
    return run(command);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "@NAME@: %s\n", error.what());
    return 1;
  }
}
