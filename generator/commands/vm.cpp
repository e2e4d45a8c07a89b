#include "commands/vm.hpp"

#include <regex.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <string_view>

#include "load_causes.hpp"
#include "support/error.hpp"
#include "support/format.hpp"
#include "support/process.hpp"

namespace bpfbuild::commands {

namespace {

bool may_load_programs() {
  constexpr unsigned sys_admin = 21, bpf = 39;  // CAP_...
  const std::uint64_t capabilities = this_machine().capabilities;
  return ((capabilities >> bpf | capabilities >> sys_admin) & 1U) != 0;
}

/// What the command has to print, and what it has printed.
class Expectation {
 public:
  explicit Expectation(const std::string& text) : text_(text) {
    const int failure = ::regcomp(&expression_, text.c_str(), REG_EXTENDED | REG_NOSUB);
    if (failure == 0) return;
    char reason[256];
    ::regerror(failure, &expression_, reason, sizeof reason);
    throw Error::usage(format("--expect '{}': {}", text, reason), "expected a regular expression");
  }
  ~Expectation() { ::regfree(&expression_); }
  Expectation(const Expectation&) = delete;
  Expectation& operator=(const Expectation&) = delete;

  void take(std::string_view output) { output_ += output; }
  void check(const std::string& command) const {
    if (::regexec(&expression_, output_.c_str(), 0, nullptr, 0) != 0)
      throw Error(format("it printed nothing that fits '{}'", text_)).at(command);
  }

 private:
  std::string text_, output_;
  regex_t expression_;
};

/// Without `take` the command prints where this process does.
int run_here(const std::vector<std::string>& command, const std::function<void(std::string_view)>& take) {
  if (!may_load_programs())
    throw Error("BPF programs cannot be loaded here", "it needs root: run it with sudo",
                Error::Kind::unavailable);
  const auto result = take ? bpfbuild::run(command, take) : bpfbuild::run(command);
  if (!result) throw Error(format("cannot run it: {}", std::strerror(errno))).at(command.at(0));
  return *result;
}

void pass_on(bool is_error, std::string_view text) {
  std::FILE* const stream = is_error ? stderr : stdout;
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

}  // namespace

int vm(const VmOptions& options) {
  if (options.command.empty()) throw Error::usage("no command", "name it behind --");
  const bool on_host = options.machine.kernel == "host";
  if (options.expect.empty())
    return on_host ? run_here(options.command, {}) : vm::run(options.machine, options.command, pass_on);

  Expectation expectation(options.expect);
  const auto take = [&](bool is_error, std::string_view text) {
    pass_on(is_error, text);
    expectation.take(text);
  };
  const int status = on_host ? run_here(options.command, [&](std::string_view text) { take(false, text); })
                             : vm::run(options.machine, options.command, take);
  if (status == 0) expectation.check(options.command.front());
  return status;
}

}  // namespace bpfbuild::commands
