#include "verifier/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "printable.hpp"
#include "support/error.hpp"

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
    const std::string first = several_objects ? fmt::format("{:{}}  ", printable(object_name), object) : "";
    return fmt::format("{}{:{}}  {:{}}  ", first, printable(program_name), program, kernel_name, kernel);
  }
};

std::string time_text(std::uint64_t microseconds) {
  return microseconds < 1000 ? fmt::format("{} us", microseconds)
                             : fmt::format("{:.1f} ms", static_cast<double>(microseconds) / 1000);
}

std::string json_member(std::string_view name, std::string_view value) {
  return fmt::format(",\"{}\":\"{}\"", name, json_escaped(value));
}

std::string json_object(const Verdict& verdict) {
  std::string text = fmt::format("{{\"object\":\"{}\"", json_escaped(verdict.object));
  text += json_member("program", verdict.program) + json_member("kernel", verdict.kernel);
  if (verdict.refusal) {
    const load_error::explanation& parts = *verdict.refusal;
    text += json_member("verdict", "refused") + json_member("what", parts.what) +
            json_member("reason", parts.reason) + json_member("source", parts.source) +
            json_member("registers", parts.registers) + json_member("hint", parts.hint) +
            json_member("log", parts.log);
  } else {
    text += json_member("verdict", "accepted");
    text += fmt::format(",\"instructions\":{},\"states\":{},\"peak_states\":{},\"microseconds\":{}",
                        verdict.instructions, verdict.states, verdict.peak_states, verdict.microseconds);
    text += json_member("stack_depth", verdict.stack_depth);
    text += fmt::format(",\"loaded_instructions\":{},\"machine_code\":{}", verdict.loaded_instructions,
                        verdict.machine_code);
  }
  return text + "}";
}

Verdict read_verdict(const nlohmann::json& line) {
  Verdict verdict;
  verdict.object = line.at("object");
  verdict.program = line.at("program");
  verdict.kernel = line.at("kernel");
  if (line.at("verdict") == "refused") {
    load_error::explanation& parts = verdict.refusal.emplace();
    parts.what = line.at("what");
    parts.program = verdict.program;
    parts.reason = line.at("reason");
    parts.source = line.at("source");
    parts.registers = line.at("registers");
    parts.hint = line.at("hint");
    parts.log = line.at("log");
  } else {
    verdict.instructions = line.at("instructions");
    verdict.states = line.at("states");
    verdict.peak_states = line.at("peak_states");
    verdict.microseconds = line.at("microseconds");
    verdict.stack_depth = line.at("stack_depth");
    verdict.loaded_instructions = line.at("loaded_instructions");
    verdict.machine_code = line.at("machine_code");
  }
  return verdict;
}

}  // namespace

std::string table(const std::vector<Verdict>& verdicts, bool full_log) {
  const Widths widths(verdicts);
  std::string text = widths.line_start("object", "program", "kernel");
  text += fmt::format("{:8}  {:>12}  {:>6}  {:>8}  {:>12}  {:>8}\n", "verdict", "instructions", "states",
                      "stack", "machine code", "time");
  for (const Verdict& verdict : verdicts) {
    text += widths.line_start(verdict.object, verdict.program, verdict.kernel);
    if (verdict.refusal) {
      text += "refused\n";
    } else {
      text +=
          fmt::format("accepted  {:>12}  {:>6}  {:>8}  {:>12}  {:>8}\n", verdict.instructions, verdict.states,
                      verdict.stack_depth, verdict.machine_code, time_text(verdict.microseconds));
    }
  }
  for (const Verdict& verdict : verdicts) {
    if (!verdict.refusal) continue;
    const load_error error(*verdict.refusal);
    text += fmt::format("\n{}\n", error.what());
    if (full_log) text += "\n" + error.full_log();
  }
  return text;
}

std::string json(const std::vector<Verdict>& verdicts) {
  std::string text = "{\"programs\":[";
  for (const Verdict& verdict : verdicts) {
    text += (&verdict == verdicts.data() ? "\n" : ",\n") + json_object(verdict);
  }
  return text + "\n]}\n";
}

std::vector<Verdict> read_json(std::string_view text) {
  try {
    const nlohmann::json all = nlohmann::json::parse(text);
    std::vector<Verdict> verdicts;
    for (const nlohmann::json& line : all.at("programs")) verdicts.push_back(read_verdict(line));
    if (verdicts.empty()) throw Error("no verdicts");
    return verdicts;
  } catch (const nlohmann::json::exception& error) {
    throw Error(fmt::format("no verdicts: {}", error.what()));
  }
}

}  // namespace bpfbuild::verifier
