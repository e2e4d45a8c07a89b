#include "commands/verify.hpp"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fmt/format.h>

#include <algorithm>
#include <bpfbuild/loader.hpp>
#include <cerrno>
#include <cstdint>
#include <memory>

#include "libbpf_output.hpp"
#include "load_error.hpp"
#include "log_source.hpp"
#include "printable.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "verifier_log.hpp"

namespace bpfbuild::commands {

namespace {

/// What libbpf writes to its log buffer: statistics, and errors.
constexpr unsigned statistics_only = 4;

struct Verdict {
  std::string program;
  VerifierLog log;  // of a program that was accepted
  std::uint64_t loaded_instructions = 0, machine_code = 0;
  std::unique_ptr<load_error> refusal;
};

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
  bpf_object__for_each_program(program, object.get())
      bpf_program__set_autoload(program, only == bpf_program__name(program));
  return object;
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
  return names;
}

/// Loads the program for its statistics. Returns whether it was accepted.
bool accept(const std::filesystem::path& path, Verdict& verdict) {
  const Object object = open(path, verdict.program);
  bpf_program* const program = find_program(object, verdict.program);
  bpf_program__set_log_level(program, statistics_only);
  const LibbpfOutput output;
  if (bpf_object__load(object.get()) != 0) return false;
  verdict.log = read_verifier_log(output.text());
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
  const LibbpfOutput output;
  const int result = bpf_object__load(object.get());
  const int error = result < 0 ? -result : EINVAL;
  verdict.refusal = std::make_unique<load_error>(
      explain(object_name(object.get()), "load", error, output.text(), this_machine()));
}

/// What keeps every program from being loaded.
bool concerns_all(const load_error& error) {
  return error.parts().program.empty() && (error.error() == EPERM || error.error() == EACCES);
}

std::string time_text(std::uint64_t microseconds) {
  return microseconds < 1000 ? fmt::format("{} us", microseconds)
                             : fmt::format("{:.1f} ms", static_cast<double>(microseconds) / 1000);
}

void append_row(std::string& text, std::size_t width, const Verdict& verdict) {
  if (verdict.refusal) {
    text += fmt::format("{:{}}  refused\n", printable(verdict.program), width);
    return;
  }
  const VerifierLog& log = verdict.log;
  text += fmt::format("{:{}}  accepted  {:>12}  {:>6}  {:>8}  {:>12}  {:>8}\n", printable(verdict.program),
                      width, log.instructions, log.states, log.stack_depth, verdict.machine_code,
                      time_text(log.microseconds));
}

std::string table(const std::vector<Verdict>& verdicts, bool full_log) {
  std::size_t width = 7;
  for (const Verdict& verdict : verdicts) width = std::max(width, verdict.program.size());
  std::string text = fmt::format("{:{}}  {:8}  {:>12}  {:>6}  {:>8}  {:>12}  {:>8}\n", "program", width,
                                 "verdict", "instructions", "states", "stack", "machine code", "time");
  for (const Verdict& verdict : verdicts) append_row(text, width, verdict);
  for (const Verdict& verdict : verdicts) {
    if (!verdict.refusal) continue;
    text += fmt::format("\n{}\n", verdict.refusal->what());
    if (full_log) text += "\n" + verdict.refusal->full_log();
  }
  return text;
}

std::string json_member(std::string_view name, std::string_view value) {
  return fmt::format(",\"{}\":\"{}\"", name, json_escaped(value));
}

std::string json(const std::filesystem::path& object, const std::vector<Verdict>& verdicts) {
  std::string text = fmt::format("{{\"object\":\"{}\",\"programs\":[", json_escaped(object.native()));
  for (const Verdict& verdict : verdicts) {
    if (&verdict != verdicts.data()) text += ",";
    text += fmt::format("\n{{\"program\":\"{}\"", json_escaped(verdict.program));
    text += json_member("verdict", verdict.refusal ? "refused" : "accepted");
    if (verdict.refusal) {
      const load_error::explanation& parts = verdict.refusal->parts();
      text += json_member("reason", parts.reason) + json_member("source", parts.source) +
              json_member("registers", parts.registers) + json_member("hint", parts.hint) +
              json_member("log", parts.log);
    } else {
      const VerifierLog& log = verdict.log;
      text += fmt::format(",\"instructions\":{},\"states\":{},\"peak_states\":{},\"microseconds\":{}",
                          log.instructions, log.states, log.peak_states, log.microseconds);
      text += json_member("stack_depth", log.stack_depth);
      text += fmt::format(",\"loaded_instructions\":{},\"machine_code\":{}", verdict.loaded_instructions,
                          verdict.machine_code);
    }
    text += "}";
  }
  return text + "\n]}\n";
}

}  // namespace

void verify(const VerifyOptions& options) {
  std::vector<std::string> names = programs_of(options.object);
  if (names.empty()) throw Error("no programs in this object").at(options.object.native());
  for (const std::string& wanted : options.programs) {
    if (std::find(names.begin(), names.end(), wanted) != names.end()) continue;
    NearestNames nearest(wanted);
    for (const std::string& name : names) nearest.consider(name);
    throw Error(fmt::format("no program '{}'", wanted), nearest.suggestion()).at(options.object.native());
  }
  if (!options.programs.empty()) names = options.programs;

  std::vector<Verdict> verdicts;
  for (const std::string& name : names) {
    Verdict& verdict = verdicts.emplace_back();
    verdict.program = name;
    if (accept(options.object, verdict)) continue;
    explain_refusal(options.object, verdict);
    if (concerns_all(*verdict.refusal))
      throw Error(verdict.refusal->parts().what, verdict.refusal->parts().hint);
  }
  write_to_standard_output(options.format == Format::json ? json(options.object, verdicts)
                                                          : table(verdicts, options.full_log));
  const auto refused = std::count_if(verdicts.begin(), verdicts.end(),
                                     [](const Verdict& each) { return each.refusal != nullptr; });
  if (refused > 0)
    throw Error(fmt::format("{} of {} programs refused", refused, verdicts.size()))
        .at(options.object.native());
}

}  // namespace bpfbuild::commands
