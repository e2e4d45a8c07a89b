#include "verifier/verdict.hpp"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <sys/utsname.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>

#include "libbpf_output.hpp"
#include "load_error.hpp"
#include "log_source.hpp"
#include "map_sizes.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "support/text.hpp"
#include "verifier/newer_sections.hpp"
#include "verifier_log.hpp"

namespace bpfbuild::verifier {

namespace {

/// What libbpf writes to its log buffer: statistics, and errors.
constexpr unsigned statistics_only = 4;

using Object = std::unique_ptr<bpf_object, decltype(&bpf_object__close)>;

/// The object, of which no map is going to be pinned, and only one program is going to be loaded.
Object open(const std::filesystem::path& path, const std::string& only) {
  Object object(nullptr, bpf_object__close);
  try {
    detail::run_step("open", nullptr, [&] {
      object.reset(bpf_object__open_file(path.c_str(), nullptr));
      return object ? 0 : -errno;
    });
  } catch (const load_error& error) {
    throw Error(error.parts().reason.empty() ? error.what() : error.parts().reason).at(path.native());
  }
  bpf_map* map = nullptr;
  bpf_object__for_each_map(map, object.get()) bpf_map__set_pin_path(map, nullptr);
  bpf_program* program = nullptr;
  bpf_object__for_each_program(program, object.get()) {
    bpf_program__set_autoload(program, only == bpf_program__name(program));
    set_type_of_newer_section(program);
  }
  return object;
}

/// Gives a map the smallest size of this name that kernels take. Returns whether there is one.
bool give_size(bpf_map* map, std::string_view name) {
  // libbpf makes it a page for ring buffers.
  if (name == "max_entries") return bpf_map__set_max_entries(map, 1) == 0;
  // Both kinds of stack traces, of addresses and of build IDs, fit into 32 bytes. Of other maps the verifier
  // goes by the size of values.
  return bpf_map__type(map) == BPF_MAP_TYPE_STACK_TRACE && bpf_map__set_value_size(map, 32) == 0;
}

/// Gives maps the sizes that user space is to set before it loads them, and that do not matter to the
/// verifier. Returns what it gave, see Verdict::given_sizes.
std::string give_sizes(const Object& object) {
  std::string given;
  bpf_map* map = nullptr;
  bpf_object__for_each_map(map, object.get()) {
    for (std::string_view name; !(name = unset_size(map)).empty() && give_size(map, name);) {
      const unsigned size = name == "max_entries" ? bpf_map__max_entries(map) : bpf_map__value_size(map);
      given += format("{}{} ({} {})", given.empty() ? "" : ", ", bpf_map__name(map), name, size);
    }
  }
  return given;
}

bpf_program* find_program(const Object& object, const std::string& name) {
  bpf_program* program = nullptr;
  bpf_object__for_each_program(program, object.get()) {
    if (name == bpf_program__name(program)) break;
  }
  return program;
}

std::vector<std::string> programs_of(const std::filesystem::path& path) {
  const Object object = open(path, "");
  std::vector<std::string> names;
  bpf_program* program = nullptr;
  bpf_object__for_each_program(program, object.get()) names.emplace_back(bpf_program__name(program));
  if (names.empty()) throw Error("no programs in this object").at(path.native());
  return names;
}

/// Those that are wanted, or all.
std::vector<std::string> choose(const std::filesystem::path& path, const std::vector<std::string>& wanted) {
  const std::vector<std::string> names = programs_of(path);
  for (const std::string& each : wanted) {
    if (std::find(names.begin(), names.end(), each) != names.end()) continue;
    NearestNames nearest(each);
    for (const std::string& name : names) nearest.consider(name);
    throw Error(format("no program '{}'", each), nearest.suggestion()).at(path.native());
  }
  return wanted.empty() ? names : wanted;
}

/// Loads the program for its statistics. Returns whether it was accepted.
bool accept(const std::filesystem::path& path, Verdict& verdict) {
  const Object object = open(path, verdict.program);
  verdict.given_sizes = give_sizes(object);
  bpf_program* const program = find_program(object, verdict.program);
  bpf_program__set_log_level(program, statistics_only);
  const LibbpfOutput output;
  if (bpf_object__load(object.get()) != 0) return false;
  const VerifierLog log = read_verifier_log(output.text());
  verdict.instructions = log.instructions;
  verdict.states = log.states;
  verdict.peak_states = log.peak_states;
  verdict.microseconds = log.microseconds;
  verdict.stack_depth = log.stack_depth;
  const std::vector<program_statistics> statistics = verifier_statistics(object.get());
  if (!statistics.empty()) {
    verdict.loaded_instructions = statistics.front().loaded_instructions;
    verdict.machine_code = statistics.front().machine_code;
  }
  return true;
}

/// Loads the program once more: without statistics the verifier's log says all.
void explain_refusal(const std::filesystem::path& path, Verdict& verdict) {
  const Object object = open(path, verdict.program);
  give_sizes(object);
  const LibbpfOutput output;
  const int result = bpf_object__load(object.get());
  const int error = result < 0 ? -result : EINVAL;
  const Bytes file = InputFile(path).read();
  verdict.refusal =
      explain(object_name(object.get()), "load", error, output.text(), this_machine(),
              {reinterpret_cast<const char*>(file.view.data()), file.view.size()}, object.get());
}

/// What keeps every program from being loaded.
bool concerns_all(const load_error::explanation& parts) {
  return parts.program.empty() && (parts.error == EPERM || parts.error == EACCES);
}

}  // namespace

std::string this_kernel() {
  utsname name{};
  ::uname(&name);
  unsigned major = 0, minor = 0;
  std::sscanf(name.release, "%u.%u", &major, &minor);
  return format("{}.{} {}", major, minor, name.machine);
}

std::vector<Verdict> verify(const std::filesystem::path& object, const std::vector<std::string>& programs) {
  const std::string file = object.filename().native();
  const std::string kernel = this_kernel();
  std::vector<Verdict> verdicts;
  for (const std::string& name : choose(object, programs)) {
    Verdict& verdict = verdicts.emplace_back();
    verdict.object = file.substr(0, file.find('.'));
    verdict.program = name;
    verdict.kernel = kernel;
    if (accept(object, verdict)) continue;
    explain_refusal(object, verdict);
    if (concerns_all(*verdict.refusal))
      throw Error(verdict.refusal->what, verdict.refusal->hint, Error::Kind::unavailable);
  }
  return verdicts;
}

}  // namespace bpfbuild::verifier
