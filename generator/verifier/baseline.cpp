#include "verifier/baseline.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"

namespace bpfbuild::verifier {

namespace {

constexpr std::string_view header = "object,program,kernel,verdict,instructions,states,stack";

/// A number that may grow, and by how much without being told of it: what is less never matters to the
/// kernel's limits of a million instructions and of 512 bytes of stack.
struct Measure {
  std::string_view name;
  std::uint64_t slack;
};
constexpr Measure instructions{"instructions", 50}, states{"states", 5}, stack{"bytes of stack", 32};

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t start = 0;;) {
    const std::size_t comma = std::min(line.find(',', start), line.size());
    fields.push_back(line.substr(start, comma - start));
    if (comma == line.size()) return fields;
    start = comma + 1;
  }
}

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size())
    throw Error(format("'{}' is not a number", text));
  return value;
}

/// All of "32+16".
std::uint64_t sum(std::string_view stack_depth) {
  std::uint64_t total = 0;
  for (std::string_view rest = stack_depth; !stack_depth.empty();) {
    const std::size_t plus = std::min(rest.find('+'), rest.size());
    total += number(rest.substr(0, plus));
    if (plus == rest.size()) break;
    rest.remove_prefix(plus + 1);
  }
  return total;
}

/// Nothing, or "162 instructions, 62 in the baseline, 161 % more".
std::string growth(const Measure& measure, std::uint64_t before, std::uint64_t now, unsigned tolerance) {
  const std::uint64_t allowed = tolerance == 0 ? 0 : std::max(before * tolerance / 100, measure.slack);
  if (now <= before + allowed) return "";
  const std::string percent = before == 0 ? "" : format(", {} % more", (now - before) * 100 / before);
  return format("{} {}, {} in the baseline{}", now, measure.name, before, percent);
}

}  // namespace

void Baseline::read_line(std::string_view line) {
  const std::vector<std::string_view> fields = split(line);
  if (fields.size() != 7) throw Error(format("{} fields, expected 7: {}", fields.size(), header));
  if (fields[3] != "accepted" && fields[3] != "refused")
    throw Error(format("verdict '{}', expected 'accepted' or 'refused'", fields[3]));
  Row row;
  row.accepted = fields[3] == "accepted";
  row.instructions = number(fields[4]);
  row.states = number(fields[5]);
  row.stack = fields[6];
  sum(row.stack);
  Key key(fields[0], fields[1], fields[2]);
  if (!rows_.emplace(std::move(key), std::move(row)).second)
    throw Error("this program and kernel have a line already", "delete one");
}

Baseline Baseline::read(const std::filesystem::path& path) {
  const Bytes bytes = InputFile(path).read();
  std::string_view text(reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size());
  Baseline baseline;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    try {
      if (number == 1 && line != header) throw Error(format("begins with '{}', expected '{}'", line, header));
      if (number > 1 && !line.empty()) baseline.read_line(line);
    } catch (const Error& error) {
      throw error.at(format("{}:{}", path.native(), number));
    }
  }
  return baseline;
}

bool Baseline::has_kernel(std::string_view kernel) const {
  return std::any_of(rows_.begin(), rows_.end(),
                     [&](const auto& each) { return std::get<2>(each.first) == kernel; });
}

std::vector<std::string> Baseline::differences(const std::vector<Verdict>& verdicts,
                                               unsigned tolerance) const {
  std::vector<std::string> messages;
  std::set<Key> seen;
  std::set<std::pair<std::string_view, std::string_view>> compared;  // object and kernel
  const auto tell = [&](const Key& key, const std::string& what) {
    const auto& [object, program, kernel] = key;
    messages.push_back(format("{}: program '{}' on {}: {}", object, program, kernel, what));
  };
  for (const Verdict& verdict : verdicts) {
    const Key key(verdict.object, verdict.program, verdict.kernel);
    seen.insert(key);
    compared.emplace(verdict.object, verdict.kernel);
    const auto found = rows_.find(key);
    if (found == rows_.end()) {
      tell(key, "not in the baseline");
      continue;
    }
    const Row& row = found->second;
    if (verdict.accepted() != row.accepted) {
      tell(key, verdict.accepted() ? "accepted, but refused in the baseline"
                                   : "refused, but accepted in the baseline");
      continue;
    }
    for (const std::string& grown : {growth(instructions, row.instructions, verdict.instructions, tolerance),
                                     growth(states, row.states, verdict.states, tolerance),
                                     growth(stack, sum(row.stack), sum(verdict.stack_depth), tolerance)}) {
      if (!grown.empty()) tell(key, grown);
    }
  }
  for (const auto& [key, row] : rows_) {
    if (compared.contains({std::get<0>(key), std::get<2>(key)}) && !seen.contains(key))
      tell(key, "in the baseline, but not in the object");
  }
  return messages;
}

void Baseline::replace(const std::vector<Verdict>& verdicts) {
  for (const Verdict& verdict : verdicts) {
    std::erase_if(rows_, [&](const auto& each) {
      return std::get<0>(each.first) == verdict.object && std::get<2>(each.first) == verdict.kernel;
    });
  }
  for (const Verdict& verdict : verdicts) {
    rows_[{verdict.object, verdict.program, verdict.kernel}] = {verdict.accepted(), verdict.instructions,
                                                                verdict.states, verdict.stack_depth};
  }
}

std::string Baseline::text() const {
  std::string text(header);
  text += "\n";
  for (const auto& [key, row] : rows_) {
    const auto& [object, program, kernel] = key;
    text += format("{},{},{},{},{},{},{}\n", object, program, kernel, row.accepted ? "accepted" : "refused",
                   row.instructions, row.states, row.stack);
  }
  return text;
}

}  // namespace bpfbuild::verifier
