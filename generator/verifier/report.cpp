#include "verifier/report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "printable.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::verifier {

namespace {

struct Widths {
  std::size_t object = 6, program = 7, kernel = 6;
  bool several_objects = false;  // only then they have a column

  explicit Widths(const std::vector<Verdict>& verdicts) {
    for (const Verdict& verdict : verdicts) {
      object = std::max(object, verdict.object.size());
      program = std::max(program, verdict.program.size());
      kernel = std::max(kernel, verdict.kernel.size());
      several_objects = several_objects || verdict.object != verdicts.front().object;
    }
  }

  [[nodiscard]] std::string line_start(std::string_view object_name, std::string_view program_name,
                                       std::string_view kernel_name) const {
    const std::string first = several_objects ? format("{:{}}  ", printable(object_name), object) : "";
    return format("{}{:{}}  {:{}}  ", first, printable(program_name), program, kernel_name, kernel);
  }
};

std::string time_text(std::uint64_t microseconds) {
  return microseconds < 1000 ? format("{} us", microseconds)
                             : format("{:.1f} ms", static_cast<double>(microseconds) / 1000);
}

nlohmann::ordered_json json_object(const Verdict& verdict) {
  nlohmann::ordered_json object = {
      {"object", verdict.object}, {"program", verdict.program}, {"kernel", verdict.kernel}};
  if (verdict.refusal) {
    const load_error::explanation& parts = *verdict.refusal;
    object.update({{"verdict", "refused"},
                   {"what", parts.what},
                   {"reason", parts.reason},
                   {"source", parts.source},
                   {"registers", parts.registers},
                   {"hint", parts.hint},
                   {"log", parts.log}});
  } else {
    object.update({{"verdict", "accepted"},
                   {"instructions", verdict.instructions},
                   {"states", verdict.states},
                   {"peak_states", verdict.peak_states},
                   {"microseconds", verdict.microseconds},
                   {"stack_depth", verdict.stack_depth},
                   {"loaded_instructions", verdict.loaded_instructions},
                   {"machine_code", verdict.machine_code}});
  }
  if (!verdict.given_sizes.empty()) object["given_sizes"] = verdict.given_sizes;
  return object;
}

Verdict read_verdict(const nlohmann::json& object) {
  Verdict verdict;
  verdict.object = object.at("object");
  verdict.program = object.at("program");
  verdict.kernel = object.at("kernel");
  if (object.at("verdict") == "refused") {
    load_error::explanation& parts = verdict.refusal.emplace();
    parts.what = object.at("what");
    parts.program = verdict.program;
    parts.reason = object.at("reason");
    parts.source = object.at("source");
    parts.registers = object.at("registers");
    parts.hint = object.at("hint");
    parts.log = object.at("log");
  } else {
    verdict.instructions = object.at("instructions");
    verdict.states = object.at("states");
    verdict.peak_states = object.at("peak_states");
    verdict.microseconds = object.at("microseconds");
    verdict.stack_depth = object.at("stack_depth");
    verdict.loaded_instructions = object.at("loaded_instructions");
    verdict.machine_code = object.at("machine_code");
  }
  verdict.given_sizes = object.value("given_sizes", "");
  return verdict;
}

}  // namespace

std::string table(const std::vector<Verdict>& verdicts, bool full_log) {
  const Widths widths(verdicts);
  std::string text = widths.line_start("object", "program", "kernel");
  text += format("{:8}  {:>12}  {:>6}  {:>8}  {:>12}  {:>8}\n", "verdict", "instructions", "states", "stack",
                 "machine code", "time");
  for (const Verdict& verdict : verdicts) {
    text += widths.line_start(verdict.object, verdict.program, verdict.kernel);
    if (verdict.refusal) {
      text += "refused\n";
    } else {
      text += format("accepted  {:>12}  {:>6}  {:>8}  {:>12}  {:>8}\n", verdict.instructions, verdict.states,
                     verdict.stack_depth, verdict.machine_code, time_text(verdict.microseconds));
    }
  }
  const Verdict* last = nullptr;
  for (const Verdict& verdict : verdicts) {
    const bool is_told = last && verdict.object == last->object && verdict.given_sizes == last->given_sizes;
    last = &verdict;
    if (verdict.given_sizes.empty() || is_told) continue;
    text += format("\n{}: maps that have no size were given one: {}\n", printable(verdict.object),
                   printable(verdict.given_sizes));
  }
  const Verdict* told = nullptr;
  for (const Verdict& verdict : verdicts) {
    if (!verdict.refusal) continue;
    // What keeps an object from being loaded is the same for all its programs.
    if (told && verdict.kernel == told->kernel && verdict.refusal->what == told->refusal->what &&
        verdict.refusal->reason == told->refusal->reason)
      continue;
    told = &verdict;
    const load_error error(*verdict.refusal);
    text += format("\n{}\n", error.what());
    if (full_log) text += "\n" + error.full_log();
  }
  return text;
}

std::string json(const std::vector<Verdict>& verdicts) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const Verdict& verdict : verdicts) array.push_back(json_object(verdict));
  // Objects and logs may have text in no known encoding.
  return array.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::vector<Verdict> read_json(std::string_view text) {
  try {
    std::vector<Verdict> verdicts;
    for (const nlohmann::json& object : nlohmann::json::parse(text)) verdicts.push_back(read_verdict(object));
    if (verdicts.empty()) throw Error("no verdicts");
    return verdicts;
  } catch (const nlohmann::json::exception& error) {
    throw Error(format("no verdicts: {}", error.what()));
  }
}

}  // namespace bpfbuild::verifier
