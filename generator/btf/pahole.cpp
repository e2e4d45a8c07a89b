#include "btf/pahole.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "support/error.hpp"

namespace bpfbuild::btf {

namespace {

namespace fs = std::filesystem;

/// A directory of this process alone, gone with what is in it when it leaves scope.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = fs::temp_directory_path() / "bpfbuild-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
      throw Error(fmt::format("cannot create a directory: {}", std::strerror(errno)), "see TMPDIR")
          .at(pattern);
    }
    path_ = pattern;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  [[nodiscard]] fs::path file(std::string_view name) const { return path_ / name; }

 private:
  fs::path path_;
};

std::string text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size()};
}

/// Runs a program with its output in a file. Its exit code, 128 and more for a signal; or nothing, with
/// errno.
std::optional<int> run(const char* const* arguments, const fs::path& output) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT, 0600);
  ::posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = 0;
  const int failure =
      ::posix_spawnp(&child, arguments[0], &actions, nullptr, const_cast<char* const*>(arguments), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) {
    errno = failure;
    return std::nullopt;
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Bytes encode(const fs::path& elf, const TemporaryDirectory& directory) {
  const fs::path btf = directory.file("btf");
  const fs::path messages = directory.file("messages");
  const std::string output = "--btf_encode_detached=" + btf.native();
  const char* const arguments[] = {"pahole", "-J", "--btf_gen_floats", output.c_str(), elf.c_str(), nullptr};
  const std::optional<int> exit_code = run(arguments, messages);
  if (!exit_code && errno == ENOENT) {
    throw Error("has DWARF but no BTF, and pahole, which makes one of the other, was not found",
                "install it (Debian and Ubuntu: pahole)");
  }
  if (!exit_code) throw Error(fmt::format("cannot run pahole: {}", std::strerror(errno)));
  if (*exit_code != 0 || !fs::exists(btf)) {
    std::string reason = text_of(InputFile(messages).read());
    reason.resize(std::min(reason.find('\n'), reason.size()));
    throw Error(fmt::format("has DWARF but no BTF, and pahole could not make one of the other: {}",
                            reason.empty() ? fmt::format("exit code {}", *exit_code) : reason));
  }
  return InputFile(btf).read();
}

}  // namespace

Bytes encode_dwarf(const fs::path& elf) {
  const TemporaryDirectory directory;
  return encode(fs::absolute(elf), directory);  // which is no option, whatever its name
}

Bytes encode_dwarf(const Bytes& elf) {
  const TemporaryDirectory directory;
  write_if_changed(directory.file("vmlinux"), text_of(elf));
  return encode(directory.file("vmlinux"), directory);
}

}  // namespace bpfbuild::btf
