#include "load_error.hpp"

#include <bpf/libbpf.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "map_sizes.hpp"
#include "source_lines.hpp"
#include "verifier_log.hpp"

namespace bpfbuild {

namespace {

constexpr unsigned lines_of_log = 12;

/// What stands between two texts, the last time that the first is found.
std::string_view between(std::string_view text, std::string_view start, std::string_view end) {
  const std::size_t from = text.rfind(start);
  if (from == std::string_view::npos) return "";
  text.remove_prefix(from + start.size());
  return text.substr(0, text.find(end));
}

/// The first thing that libbpf complained of, and did not get over: what follows are the consequences.
std::string first_complaint(std::string_view log) {
  constexpr std::string_view prefix = "libbpf: ";
  while (!log.empty()) {
    std::string_view line = log.substr(0, log.find('\n'));
    log.remove_prefix(std::min(line.size() + 1, log.size()));
    if (line.find("Retrying without BTF") != std::string_view::npos) continue;
    if (line.substr(0, prefix.size()) == prefix) line.remove_prefix(prefix.size());
    return std::string(line);
  }
  return "";
}

std::string compose(const load_error::explanation& parts, std::string_view verifier_log) {
  std::string text = parts.what;
  if (!parts.reason.empty()) text += ": " + parts.reason;
  if (!parts.source.empty()) text += "\n  at " + parts.source;
  if (!parts.registers.empty()) text += "\n  with " + parts.registers;
  if (!parts.hint.empty()) text += "\n  hint: " + parts.hint;
  if (!verifier_log.empty())
    text += "\n  the last lines of the verifier's log:" + last_lines(verifier_log, lines_of_log, "    ");
  return text;
}

/// "tracer.bpf.c:17: return *count;", or as much of it as is known.
std::string source_of(const VerifierLog& log, std::string_view program, std::string_view file) {
  const std::size_t instruction = std::strtoul(log.instruction.c_str(), nullptr, 10);
  const std::string place =
      log.place.empty() ? find_source_line(file, program, instruction, log.line) : log.place;
  return place.empty() ? log.line : place + ": " + log.line;
}

/// "counts", out of "map 'counts': failed to create: Invalid argument(-22)".
std::string map_not_created(std::string_view log) {
  const std::string_view until = log.substr(0, log.rfind("': failed to create: "));
  return until.size() == log.size() ? "" : std::string(between(until, "map '", "'"));
}

/// Has code of CPU v3 and newer. Constants in 32 bits do not count: every `return 0` has one.
bool has_32_bit_code(const bpf_program* program) {
  const bpf_insn* const code = bpf_program__insns(program);
  return std::any_of(code, code + bpf_program__insn_cnt(program), [](const bpf_insn& each) {
    const unsigned kind = BPF_CLASS(each.code), operation = BPF_OP(each.code);
    const bool is_constant = operation == BPF_MOV && BPF_SRC(each.code) == BPF_K;
    return kind == BPF_JMP32 || (kind == BPF_ALU && operation != BPF_END && !is_constant);
  });
}

constexpr std::string_view log_begin = "-- BEGIN PROG LOAD LOG --\n";
constexpr std::string_view log_end = "-- END PROG LOAD LOG --";

}  // namespace

load_error::load_error(explanation parts)
    : std::runtime_error(compose(parts, between(parts.log, log_begin, log_end))), parts_(std::move(parts)) {}

load_error::explanation explain(std::string_view object, std::string_view step, int error,
                                const std::string& log, const Machine& machine, std::string_view file,
                                const bpf_object* opened) {
  load_error::explanation parts;
  parts.error = error;
  parts.log = log;
  parts.program = between(log, "prog '", "'");
  const VerifierLog verifier = read_verifier_log(between(log, log_begin, log_end));
  const std::string subject = object.empty() ? "" : std::string(object) + ": ";
  if (!verifier.reason.empty()) {
    parts.what = subject + "program '" + parts.program + "' was refused by the verifier";
    parts.reason = verifier.reason;
    parts.source = source_of(verifier, parts.program, file);
    parts.registers = verifier.registers;
  } else {
    parts.what = subject + "cannot " + std::string(step);
    parts.what += parts.program.empty() ? " the object" : " program '" + parts.program + "'";
    parts.what += std::string(": ") + std::strerror(error);
    parts.reason = first_complaint(log);
  }
  Failure failure{step, error, log, verifier.reason};
  const std::string map_name = map_not_created(log);
  if (opened) {
    const bpf_map* const map = bpf_object__find_map_by_name(opened, map_name.c_str());
    const bpf_program* const program = bpf_object__find_program_by_name(opened, parts.program.c_str());
    if (map) failure.unset_size = unset_size(map);
    if (program) failure.has_32_bit_code = has_32_bit_code(program);
  }
  failure.map = map_name;
  parts.hint = find_hint(failure, machine);
  return parts;
}

}  // namespace bpfbuild
