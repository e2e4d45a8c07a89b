#include "support/process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace bpfbuild {

namespace {

/// A program that is to be started, and what its streams become.
class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments) {
    for (const std::string& argument : arguments) words_.push_back(const_cast<char*>(argument.c_str()));
    words_.push_back(nullptr);
    ::posix_spawn_file_actions_init(&actions_);
  }
  ~Program() { ::posix_spawn_file_actions_destroy(&actions_); }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void print_to_file(const char* path) {
    ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
  }
  void print_to_descriptor(int descriptor) {
    ::posix_spawn_file_actions_adddup2(&actions_, descriptor, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, descriptor, STDERR_FILENO);
  }

  /// Returns whether it has started, else sets errno.
  bool start() {
    errno = ::posix_spawnp(&process_, words_[0], &actions_, nullptr, words_.data(), environ);
    return errno == 0;
  }
  int wait() const {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  std::vector<char*> words_;
  posix_spawn_file_actions_t actions_;
  pid_t process_ = 0;
};

}  // namespace

std::optional<int> run(const std::vector<std::string>& arguments, const std::filesystem::path& output) {
  Program program(arguments);
  if (!output.empty()) program.print_to_file(output.c_str());
  if (!program.start()) return std::nullopt;
  return program.wait();
}

std::optional<int> run(const std::vector<std::string>& arguments,
                       const std::function<void(std::string_view)>& take) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  Program program(arguments);
  program.print_to_descriptor(ends[1]);
  const bool started = program.start();
  const int failure = errno;
  ::close(ends[1]);
  char buffer[16 * 1024];
  while (started) {
    const ssize_t count = ::read(ends[0], buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    take({buffer, static_cast<std::size_t>(count)});
  }
  ::close(ends[0]);
  if (started) return program.wait();
  errno = failure;
  return std::nullopt;
}

}  // namespace bpfbuild
