#include "verifier_log.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <map>
#include <vector>

namespace bpfbuild {

namespace {

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool begins_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

std::size_t digits_at(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

/// "14: (61) r0 = *(u32 *)(r0 +0)", with or without registers behind it.
bool is_instruction(std::string_view line) {
  const std::size_t digits = digits_at(line);
  return digits > 0 && begins_with(line.substr(digits), ": (");
}

/// "14: R0=...", "from 3 to 14: R0=...", " R0=..." of older kernels, "mark_precise: ..." and the like.
bool is_state(std::string_view line) {
  const std::size_t digits = digits_at(line);
  if (begins_with(line, " R")) return true;
  return (digits > 0 && begins_with(line.substr(digits), ": ")) || begins_with(line, "from ") ||
         begins_with(line, "mark_precise") || begins_with(line, "frame") || begins_with(line, "caller:") ||
         begins_with(line, "callee:") || begins_with(line, "last_idx") || begins_with(line, "parent ") ||
         begins_with(line, "func#") || begins_with(line, "Func#") || begins_with(line, "Validating");
}

/// What stands among the last words but explains nothing.
bool is_noise(std::string_view line) {
  return begins_with(line, "cur state:") || begins_with(line, "old state:") || begins_with(line, "arg#");
}

/// What the verifier adds when it is done, and libbpf around it.
bool is_trailer(std::string_view line) {
  return begins_with(line, "processed ") || begins_with(line, "verification time ") ||
         begins_with(line, "stack depth ") || begins_with(line, "-- ") || begins_with(line, "libbpf: ") ||
         begins_with(line, "insns processed");
}

std::uint64_t number_behind(std::string_view line, std::string_view word) {
  const std::size_t position = line.find(word);
  return position == std::string_view::npos
             ? 0
             : std::strtoull(std::string(line.substr(position + word.size())).c_str(), nullptr, 10);
}

void read_trailer(std::string_view line, VerifierLog& result) {
  if (begins_with(line, "processed ")) {
    result.instructions = number_behind(line, "processed ");
    result.states = number_behind(line, "total_states ");
    result.peak_states = number_behind(line, "peak_states ");
  } else if (begins_with(line, "verification time ")) {
    result.microseconds = number_behind(line, "verification time ");
  } else if (begins_with(line, "stack depth ")) {
    result.stack_depth = line.substr(12);
  }
}

using Registers = std::map<unsigned, std::string_view>;

/// The first word of a line, with the spaces that it has in parentheses: "R0=scalar(var_off=(0x0; 0xff))".
std::string_view first_word(std::string_view line) {
  int open = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    open += line[i] == '(';
    open -= line[i] == ')';
    if (line[i] == ' ' && open <= 0) return line.substr(0, i);
  }
  return line;
}

/// The registers that a line tells of: words like "R0_w=inv(id=0)".
void read_registers(std::string_view line, Registers& registers) {
  while (!line.empty()) {
    const std::string_view word = first_word(line);
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    if (word.size() < 3 || word[0] != 'R') continue;
    const std::size_t digits = digits_at(word.substr(1));
    const std::size_t equals = word.find('=');
    if (digits == 0 || equals == std::string_view::npos || word.find_first_of("'\"(") < equals) continue;
    registers[static_cast<unsigned>(std::atoi(std::string(word.substr(1, digits)).c_str()))] =
        word.substr(equals + 1);
  }
}

/// The numbers of the registers that a text names: "r0", "w1", "R2".
std::vector<unsigned> named_registers(std::string_view text) {
  std::vector<unsigned> numbers;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const bool starts_word = i == 0 || std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0;
    const std::size_t digits = digits_at(text.substr(i + 1));
    if (!starts_word || !(text[i] == 'r' || text[i] == 'w' || text[i] == 'R') || digits == 0 || digits > 2)
      continue;
    const auto number = static_cast<unsigned>(std::atoi(std::string(text.substr(i + 1, digits)).c_str()));
    if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) numbers.push_back(number);
  }
  return numbers;
}

/// "; return *count; @ tracer.bpf.c:17", or ";  @ tracer.bpf.c:17" without the text of the line.
void read_comment(std::string_view comment, VerifierLog& result) {
  const std::size_t at = std::min(comment.rfind(" @ "), comment.size());
  const std::size_t start = std::min(comment.find_first_not_of("; "), at);
  result.line = comment.substr(start, at - start);
  result.place = comment.substr(std::min(at + 3, comment.size()));
  while (!result.place.empty() && result.place.back() == ' ') result.place.pop_back();
}

}  // namespace

VerifierLog read_verifier_log(std::string_view log) {
  VerifierLog result;
  Registers registers;
  std::vector<std::string_view>
      words;  // the lines since the last instruction that are neither state nor source
  std::string_view comment;
  for (const std::string_view line : split_lines(log)) {
    if (is_trailer(line)) {
      read_trailer(line, result);
    } else if (line[0] == ';') {
      const bool has_line = line.size() < 2 || line.substr(line.size() - 2) != ":0";
      if (has_line) comment = line;
      words.clear();
    } else if (is_instruction(line)) {
      const std::size_t state = line.find(" ; ");
      result.instruction = line.substr(0, state);
      if (state != std::string_view::npos) read_registers(line.substr(state), registers);
      words.clear();
    } else if (is_state(line)) {
      read_registers(line, registers);
      words.clear();
    } else if (!is_noise(line)) {
      words.push_back(line);
    }
  }
  for (const std::string_view line : words) {
    if (!result.reason.empty()) result.reason += "; ";
    result.reason += line;
  }
  read_comment(comment, result);
  const std::size_t code = std::min(result.instruction.find(") "), result.instruction.size());
  for (const unsigned number : named_registers(result.instruction.substr(code) + " " + result.reason)) {
    const auto known = registers.find(number);
    if (known == registers.end()) continue;
    if (!result.registers.empty()) result.registers += " ";
    result.registers.append("R").append(std::to_string(number)).append("=").append(known->second);
  }
  return result;
}

std::string last_lines(std::string_view log, unsigned count, std::string_view indent) {
  std::vector<std::string_view> lines = split_lines(log);
  lines.erase(std::remove_if(lines.begin(), lines.end(), is_trailer), lines.end());
  const std::size_t first = lines.size() > count ? lines.size() - count : 0;
  std::string text;
  for (std::size_t i = first; i < lines.size(); ++i) text.append("\n").append(indent).append(lines[i]);
  return text;
}

}  // namespace bpfbuild
