/// The first process of a guest: mounts what BPF programs and their tests need, runs the command, reports how
/// it ended and powers off. It is linked statically, with nothing but the C library, for each architecture of
/// guests; see protocol.hpp for what it reads and says.
#include "protocol.hpp"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace {

using namespace bpfbuild::vm;

char mark[64];
size_t mark_size;

/// What a kernel does not have is left out: a test that needs it will say so.
void mount_all() {
  struct Mount {
    const char *type, *target;
  };
  static const Mount mounts[] = {
      {"devtmpfs", "/dev"},
      {"proc", "/proc"},
      {"sysfs", "/sys"},
      {"devpts", "/dev/pts"},
      {"tmpfs", "/dev/shm"},
      {"tmpfs", "/run"},
      {"bpf", "/sys/fs/bpf"},
      {"cgroup2", "/sys/fs/cgroup"},
      {"tracefs", "/sys/kernel/tracing"},
      {"debugfs", "/sys/kernel/debug"},
      {"securityfs", "/sys/kernel/security"},
  };
  for (const Mount& each : mounts) {
    mkdir(each.target, 0755);
    mount(each.type, each.target, each.type, 0, nullptr);
  }
  // It lies in memory, as everything here.
  mkdir("/tmp", 01777);
  chmod("/tmp", 01777);
  symlink("/proc/self/fd", "/dev/fd");
}

/// Standard streams of init: the console, which passes on bytes as they are.
void open_console() {
  const int console = open("/dev/console", O_RDWR | O_NOCTTY);
  if (console < 0) return;
  for (int stream = 0; stream < 3; ++stream) dup2(console, stream);
  if (console > 2) close(console);
  termios mode;
  if (tcgetattr(1, &mode) == 0) {
    cfmakeraw(&mode);
    tcsetattr(1, TCSANOW, &mode);
  }
  // From here on the kernel speaks only when it ends, as in a panic.
  constexpr int set_console_level = 8;
  klogctl(set_console_level, nullptr, 1);
}

void bring_loopback_up() {
  const int socket_descriptor = socket(AF_INET, SOCK_DGRAM, 0);
  if (socket_descriptor < 0) return;
  ifreq request = {};
  strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  ioctl(socket_descriptor, SIOCSIFFLAGS, &request);
  close(socket_descriptor);
}

void write_all(const char* bytes, size_t size) {
  while (size > 0) {
    const ssize_t written = write(1, bytes, size);
    if (written < 0 && errno != EINTR && errno != EAGAIN) return;
    if (written <= 0) continue;
    bytes += written;
    size -= static_cast<size_t>(written);
  }
}

void say(Say what, const char* text, size_t size) {
  static char line[sizeof mark + longest_line + 4];
  memcpy(line, mark, mark_size);
  size_t end = mark_size;
  line[end++] = what;
  line[end++] = ' ';
  memcpy(line + end, text, size);
  end += size;
  line[end++] = '\n';
  write_all(line, end);
}

void say_number(Say what, int number) {
  char text[16];
  say(what, text, static_cast<size_t>(snprintf(text, sizeof text, "%d", number)));
}

/// The contents of a file with a zero byte behind them; never freed.
char* contents(const char* path, size_t& size) {
  size = 0;
  struct stat status = {};
  const int file = open(path, O_RDONLY);
  if (file < 0 || fstat(file, &status) != 0) return strdup("");
  char* const text = static_cast<char*>(malloc(static_cast<size_t>(status.st_size) + 1));
  for (ssize_t count; (count = read(file, text + size, static_cast<size_t>(status.st_size) - size)) > 0;)
    size += static_cast<size_t>(count);
  text[size] = 0;
  close(file);
  return text;
}

/// The strings in a file, with a null pointer behind them; never freed.
char** strings(const char* path) {
  size_t size = 0;
  char* const text = contents(path, size);
  size_t count = 0;
  for (size_t i = 0; i < size; ++i) count += text[i] == 0;
  char** const list = static_cast<char**>(calloc(count + 1, sizeof(char*)));
  char* next = text;
  for (size_t i = 0; i < count; ++i) {
    list[i] = next;
    next += strlen(next) + 1;
  }
  return list;
}

/// What cannot be loaded is told, and the command will say what it lacks.
void load_modules() {
  for (char** path = strings(modules_file); *path != nullptr; ++path) {
    size_t size = 0;
    const char* const module = contents(*path, size);
    if (syscall(SYS_init_module, module, size, "") == 0 || errno == EEXIST) continue;
    char text[512];
    const int length = snprintf(text, sizeof text, "bpfbuild: module '%s' cannot be loaded: %s",
                                strrchr(*path, '/') + 1, strerror(errno));
    say(errors, text, static_cast<size_t>(length));
  }
}

/// One of the command's two streams, on its way to the console line by line.
class Stream {
 public:
  Stream(Say whole, Say part) : whole_(whole), part_(part) {
    if (pipe2(ends_, O_CLOEXEC) != 0) ends_[0] = ends_[1] = -1;
    fcntl(ends_[0], F_SETFL, O_NONBLOCK);
  }

  int reading_end() const { return ends_[0]; }
  int writing_end() const { return ends_[1]; }
  void close_writing_end() { close(ends_[1]); }

  /// Passes on what is there. Returns whether more may come.
  bool pass_on() {
    while (ends_[0] >= 0) {
      const ssize_t count = read(ends_[0], buffer_ + size_, sizeof buffer_ - size_);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return true;
      if (count == 0) {
        close(ends_[0]);
        ends_[0] = -1;
        break;
      }
      size_ += static_cast<size_t>(count);
      pass_on_lines();
    }
    return false;
  }

  void pass_on_rest() {
    if (size_ > 0) say(part_, buffer_, size_);
    size_ = 0;
  }

 private:
  void pass_on_lines() {
    char* start = buffer_;
    char* const end = buffer_ + size_;
    while (char* const newline = static_cast<char*>(memchr(start, '\n', static_cast<size_t>(end - start)))) {
      say(whole_, start, static_cast<size_t>(newline - start));
      start = newline + 1;
    }
    size_ = static_cast<size_t>(end - start);
    memmove(buffer_, start, size_);
    if (size_ == sizeof buffer_) pass_on_rest();
  }

  Say whole_, part_;
  int ends_[2];
  char buffer_[longest_line];
  size_t size_ = 0;
};

/// The command, in a process of its own. Through `failure` it tells errno when it cannot start.
[[noreturn]] void become_command(const Stream& out, const Stream& err, int failure) {
  char** const arguments = strings(arguments_file);
  size_t size = 0;
  if (chdir(contents(directory_file, size)) != 0 && chdir("/") != 0) _exit(1);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, 0);
  dup2(out.writing_end(), 1);
  dup2(err.writing_end(), 2);
  setsid();
  execve(arguments[0], arguments, strings(environment_file));
  const int reason = errno;
  write(failure, &reason, sizeof reason);
  _exit(127);
}

void run_command() {
  static Stream out(output, output_part), err(errors, errors_part);
  int failure[2];
  if (pipe2(failure, O_CLOEXEC) != 0) return;
  const pid_t command = fork();
  if (command == 0) become_command(out, err, failure[1]);
  close(failure[1]);
  out.close_writing_end();
  err.close_writing_end();
  int reason = 0;
  if (read(failure[0], &reason, sizeof reason) == sizeof reason) return say_number(cannot_start, reason);

  // Processes that the command leaves behind may keep the streams open, and are not waited for.
  int status = 0;
  for (bool ended = false, open_streams = true; !ended || open_streams;) {
    for (pid_t process; (process = waitpid(-1, &status, WNOHANG)) > 0;) {
      if (process != command) continue;
      ended = true;
      break;
    }
    if (!ended) {
      pollfd streams[] = {{out.reading_end(), POLLIN, 0}, {err.reading_end(), POLLIN, 0}};
      poll(streams, 2, 20);
    }
    const bool out_is_open = out.pass_on(), err_is_open = err.pass_on();
    open_streams = !ended && (out_is_open || err_is_open);
  }
  out.pass_on_rest();
  err.pass_on_rest();
  if (WIFSIGNALED(status)) return say_number(killed, WTERMSIG(status));
  say_number(exited, WEXITSTATUS(status));
}

}  // namespace

int main() {
  mount_all();
  open_console();
  bring_loopback_up();
  sethostname("bpfbuild", 8);
  const char* const text = contents(mark_file, mark_size);
  if (mark_size > sizeof mark) mark_size = sizeof mark;
  memcpy(mark, text, mark_size);
  // What the firmware has written may stand on this line.
  write_all("\n", 1);
  say(started, "", 0);
  load_modules();
  run_command();
  sync();
  reboot(RB_POWER_OFF);
  for (;;) pause();
}
