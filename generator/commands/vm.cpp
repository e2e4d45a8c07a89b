#include "commands/vm.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "load_causes.hpp"
#include "support/error.hpp"
#include "support/process.hpp"

namespace bpfbuild::commands {

namespace {

bool may_load_programs() {
  constexpr unsigned sys_admin = 21, bpf = 39;  // CAP_...
  const std::uint64_t capabilities = this_machine().capabilities;
  return ((capabilities >> bpf | capabilities >> sys_admin) & 1U) != 0;
}

int run_here(const std::vector<std::string>& command) {
  if (!may_load_programs())
    throw Error("BPF programs cannot be loaded here", "it needs root: run it with sudo",
                Error::Kind::unavailable);
  const auto result = bpfbuild::run(command);
  if (!result) throw Error(fmt::format("cannot run it: {}", std::strerror(errno))).at(command.at(0));
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
  if (options.machine.kernel == "host") return run_here(options.command);
  return vm::run(options.machine, options.command, pass_on);
}

}  // namespace bpfbuild::commands
