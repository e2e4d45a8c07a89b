#include "vm/run.hpp"

#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <random>

#include "support/error.hpp"
#include "support/format.hpp"
#include "vm/debian_kernels.hpp"
#include "vm/initramfs.hpp"
#include "vm/kernel_image.hpp"
#include "vm/libraries.hpp"
#include "vm/modules.hpp"
#include "vm/protocol.hpp"
#include "vm/qemu.hpp"

namespace bpfbuild::vm {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds boot_limit{120};  // 2 to 4 s on an idle machine, emulated
constexpr int boots = 3;
constexpr std::string_view guest_path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The program, as a shell finds it.
fs::path find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    if (!fs::exists(name)) throw Error("no such program").at(name);
    return fs::absolute(name).lexically_normal();
  }
  const char* const path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? guest_path : path;
  while (!rest.empty()) {
    const std::string_view directory = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(directory.size() + 1, rest.size()));
    const fs::path program = fs::absolute(fs::path(directory) / name);
    if (fs::is_regular_file(program) && ::access(program.c_str(), X_OK) == 0) return program;
  }
  throw Error("no such program in PATH").at(name);
}

void check_architecture(const fs::path& program, const KernelImage& kernel) {
  const auto binary = read_binary(program);
  if (!binary || binary->machine == kernel.architecture->elf_machine) return;
  const Architecture* const architecture = find_architecture(binary->machine);
  throw Error(format("is for {}, but kernel '{}' is for {}",
                     architecture == nullptr ? "another architecture" : architecture->machine,
                     kernel.path.native(), kernel.architecture->machine),
              "build it for that")
      .at(program.native());
}

std::string list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(word).push_back('\0');
  return text;
}

std::vector<std::string> environment(const std::string& library_path) {
  std::vector<std::string> variables = {format("PATH={}", guest_path), "HOME=/root", "TMPDIR=/tmp"};
  if (!library_path.empty()) variables.push_back("LD_LIBRARY_PATH=" + library_path);
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const std::string_view name = text.substr(0, text.find('='));
    if (name != "PATH" && name != "HOME" && name != "TMPDIR" && !name.starts_with("LD_"))
      variables.emplace_back(text);
  }
  return variables;
}

std::string random_mark() {
  std::random_device random;
  return format("bpfbuild-{:08x}{:08x}:", random(), random());
}

/// All that the guest has but its mark.
Initramfs files_of(const Options& options, const KernelImage& kernel, std::vector<std::string> command) {
  const std::span<const std::byte> init = init_program(*kernel.architecture);
  if (init.empty())
    throw Error(format("this bpfbuild starts no guests of {}", kernel.architecture->machine),
                format("build it where {}-linux-gnu-g++ is", kernel.architecture->machine),
                Error::Kind::unavailable);
  const fs::path program = find_program(command.at(0));
  check_architecture(program, kernel);
  command[0] = program.native();

  Initramfs files;
  files.add_bytes("/bpfbuild/init", {init, nullptr});
  files.add_file(program);
  for (const fs::path& file : options.files) {
    if (!fs::exists(file)) throw Error("no such file").at(file.native());
    files.add_file(fs::absolute(file).lexically_normal());
  }
  std::vector<std::string> modules;
  for (const Module& each : find_modules(kernel.path, options.modules)) {
    modules.push_back("/bpfbuild/module/" + each.name);
    files.add_bytes(modules.back(), each.bytes);
  }
  files.add_text(modules_file, list(modules));
  files.add_directory(fs::current_path());
  files.add_directory("/root");
  files.add_text(directory_file, fs::current_path().native());
  files.add_text(arguments_file, list(command));
  files.add_text(environment_file, list(environment(files.library_path())));
  return files;
}

Error failure(const std::string& what, const Console& console, const QemuEnd& end) {
  std::string text = what;
  if (!end.errors.empty())
    text += "; QEMU says: " + end.errors.substr(0, end.errors.find_last_not_of('\n') + 1);
  const std::string last_lines = console.end();
  if (!last_lines.empty()) text += "; the console's end:" + last_lines;
  return Error(text, {}, Error::Kind::machine_failed);
}

/// What became of a guest that did not report.
std::string diagnosis(const Console& console, const QemuEnd& end, std::chrono::seconds limit) {
  const std::string_view when = console.has_started() ? "" : " before the command began";
  if (!console.panic().empty()) return format("the guest panicked{}: {}", when, console.panic());
  if (end.kind == QemuEnd::Kind::timed_out)
    return console.has_started() ? format("the command did not end within {} s", limit.count())
                                 : "the guest did not start in time";
  return format("QEMU ended{} with {}, and the guest had reported nothing", when, end.status);
}

int exit_code(const Ending& ending, const std::string& program) {
  switch (ending.kind) {
    case Ending::Kind::exited:
      return ending.number;
    case Ending::Kind::killed:
      std::fprintf(stderr, "bpfbuild: %s: ended by signal %d (%s)\n", program.c_str(), ending.number,
                   ::strsignal(ending.number));
      return 128 + ending.number;
    default:
      throw Error(format("cannot be started in the guest: {}", std::strerror(ending.number))).at(program);
  }
}

}  // namespace

int run(const Options& options, const std::vector<std::string>& command, const Console::Sink& sink) {
  const KernelImage kernel = read_kernel_image(find_kernel(options.kernel));
  const Initramfs files = files_of(options, kernel, command);

  for (int boot = 1;; ++boot) {
    const std::string mark = random_mark();
    Initramfs marked = files;
    marked.add_text(mark_file, mark);
    Guest guest;
    guest.architecture = kernel.architecture;
    guest.kernel = kernel.bytes;
    guest.initramfs = marked.archive();
    guest.kernel_arguments = options.append;
    // It holds the archive, and what is in it in a file system of at most half of what is left.
    guest.memory = std::max(options.memory, 128 + 4 * static_cast<unsigned>(guest.initramfs.size() >> 20));
    guest.allow_kvm = options.allow_kvm && boot == 1;
    guest.qemu = options.qemu;

    Console console(mark, sink);
    const QemuEnd end = run_qemu(guest, console, boot_limit, options.timeout);
    if (console.ending()) return exit_code(*console.ending(), command[0]);
    const Error error =
        failure(diagnosis(console, end, options.timeout), console, end).at(options.kernel.native());
    // Not so when QEMU did not like what it was told.
    const bool may_be_luck = !console.has_started() && !(console.is_silent() && end.failed);
    if (boot == boots || !may_be_luck) throw error;
    std::fprintf(stderr, "bpfbuild: %s\nbpfbuild: starting it again, %d of %d\n", error.what(), boot + 1,
                 boots);
  }
}

}  // namespace bpfbuild::vm
