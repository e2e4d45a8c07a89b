#include "vm/qemu.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "printable.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::vm {

namespace {

using Clock = std::chrono::steady_clock;

Error system_error(std::string_view what) { return Error(format("{}: {}", what, std::strerror(errno))); }

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

/// A file in memory, which QEMU opens by path and nobody has to remove.
class MemoryFile {
 public:
  MemoryFile(const char* name, std::string_view contents) : file_(::memfd_create(name, 0)) {
    if (file_.get() < 0) throw system_error("memfd_create");
    while (!contents.empty()) {
      const ssize_t written = ::write(file_.get(), contents.data(), contents.size());
      if (written < 0 && errno != EINTR) throw system_error("cannot hold the guest's files in memory");
      contents.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
  }
  [[nodiscard]] std::string path() const { return format("/proc/self/fd/{}", file_.get()); }

 private:
  Descriptor file_;
};

std::string_view text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size()};
}

/// QEMU as a child that does not outlive this process.
class Child {
 public:
  Child(const std::vector<std::string>& words) {
    int out[2], err[2];
    if (::pipe2(out, O_CLOEXEC) != 0) throw system_error("pipe");
    if (::pipe2(err, O_CLOEXEC) != 0) throw system_error("pipe");
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t parent = ::getpid();
    process_ = ::fork();
    if (process_ < 0) throw system_error("fork");
    if (process_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() != parent) ::_exit(1);
      const int nothing = ::open("/dev/null", O_RDONLY);
      ::dup2(nothing, STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      ::dup2(err[1], STDERR_FILENO);
      ::execvp(arguments[0], arguments.data());
      const int reason = errno;
      ::dprintf(STDERR_FILENO, "%s\n", std::strerror(reason));
      ::_exit(reason == ENOENT ? not_found : 126);
    }
    ::close(out[1]);
    ::close(err[1]);
    output = out[0];
    errors = err[0];
    for (const int each : {output, errors}) ::fcntl(each, F_SETFL, O_NONBLOCK);
  }
  ~Child() {
    end();
    ::close(output);
    ::close(errors);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Ends it if it has not ended; its status.
  int end() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      wait();
    }
    return status_;
  }
  int wait() {
    while (process_ > 0 && ::waitpid(process_, &status_, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return status_;
  }

  static constexpr int not_found = 127;
  int output = -1, errors = -1;

 private:
  pid_t process_ = -1;
  int status_ = 0;
};

/// Reads what is there. Returns false at the end.
bool read_some(int descriptor, auto&& take) {
  char buffer[64 * 1024];
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno == EAGAIN;
    if (count == 0) return false;
    take(std::string_view(buffer, static_cast<std::size_t>(count)));
  }
}

bool processor_has(std::string_view flag) {
  std::ifstream information("/proc/cpuinfo");
  for (std::string word; information >> word;) {
    if (word == flag) return true;
  }
  return false;
}

std::string status_text(int status) {
  if (!WIFSIGNALED(status)) return format("exit code {}", WEXITSTATUS(status));
  return format("signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
}

}  // namespace

bool has_kvm(const Architecture& architecture) {
  if (&architecture != this_architecture()) return false;
  // Within some virtual machines there is a KVM that starts only kernels made for it.
  if (architecture.name == "x86" && !processor_has("vmx") && !processor_has("svm")) return false;
  const Descriptor kvm(::open("/dev/kvm", O_RDWR | O_CLOEXEC));
  return kvm.get() >= 0;
}

std::vector<std::string> qemu_command(const Guest& guest, bool with_kvm, const std::string& kernel,
                                      const std::string& initramfs) {
  const Architecture& architecture = *guest.architecture;
  // No defaults: no network, no disks, no screen. A panic is to end QEMU, as the end of init does.
  std::vector<std::string> words = {guest.qemu.empty() ? std::string(architecture.qemu) : guest.qemu.native(),
                                    "-nodefaults",
                                    "-no-user-config",
                                    "-display",
                                    "none",
                                    "-monitor",
                                    "none",
                                    "-no-reboot",
                                    "-smp",
                                    "1",
                                    "-m",
                                    std::to_string(guest.memory),
                                    "-accel",
                                    with_kvm ? "kvm" : "tcg",
                                    "-cpu",
                                    with_kvm ? "host" : std::string(architecture.emulated_cpu),
                                    "-chardev",
                                    "stdio,id=console,signal=off"};
  words.insert(words.end(), architecture.qemu_machine.begin(), architecture.qemu_machine.end());
  words.insert(words.end(),
               {"-kernel", kernel, "-initrd", initramfs, "-append",
                format("console={} panic=-1 oops=panic quiet rdinit=/bpfbuild/init {} {}",
                       architecture.console, architecture.kernel_arguments, guest.kernel_arguments)});
  return words;
}

QemuEnd run_qemu(const Guest& guest, Console& console, std::chrono::seconds boot_limit,
                 std::chrono::seconds limit) {
  const MemoryFile kernel("kernel", text_of(guest.kernel)), initramfs("initramfs", guest.initramfs);
  const bool with_kvm = guest.allow_kvm && has_kvm(*guest.architecture);
  const std::vector<std::string> command = qemu_command(guest, with_kvm, kernel.path(), initramfs.path());
  Child child(command);

  QemuEnd end{QemuEnd::Kind::ended, {}, false, {}};
  Clock::time_point deadline = Clock::now() + boot_limit;
  bool started = false;
  for (bool open = true; open;) {
    if (console.has_started() && !started) deadline = Clock::now() + limit;
    started = console.has_started();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) {
      end.kind = QemuEnd::Kind::timed_out;
      child.end();
      return end;
    }
    pollfd streams[] = {{child.output, POLLIN, 0}, {child.errors, POLLIN, 0}};
    ::poll(streams, 2, static_cast<int>(std::min<long long>(left, 1000)));
    open = read_some(child.output, [&](std::string_view text) { console.take(text); });
    read_some(child.errors, [&](std::string_view text) { end.errors += printable(text); });
    if (console.ending()) {
      end.kind = QemuEnd::Kind::reported;
      child.end();
      return end;
    }
  }
  const int status = child.wait();
  read_some(child.errors, [&](std::string_view text) { end.errors += printable(text); });
  end.status = status_text(status);
  end.failed = WIFEXITED(status) && WEXITSTATUS(status) != 0;
  if (end.failed && WEXITSTATUS(status) == Child::not_found && console.is_silent())
    throw Error(format("'{}' was not found", command.front()),
                format("install it (Debian and Ubuntu: {})", guest.architecture->package),
                Error::Kind::unavailable);
  return end;
}

}  // namespace bpfbuild::vm
