#include "support/text.hpp"

#include <algorithm>
#include <numeric>

#include "support/format.hpp"

namespace bpfbuild {

namespace {

bool is_safe_in_shell(char c) {
  constexpr std::string_view safe = "%+,-./:=@_";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         safe.find(c) != std::string_view::npos;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

}  // namespace

std::string shell_quote(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_safe_in_shell)) return std::string(word);

  const bool needs_escapes = std::any_of(word.begin(), word.end(), is_control);
  std::string quoted = needs_escapes ? "$'" : "'";
  for (const char c : word) {
    if (is_control(c)) {
      quoted += format("\\{:03o}", static_cast<unsigned char>(c));
    } else if (c == '\'') {
      quoted += needs_escapes ? "\\'" : "'\\''";
    } else if (c == '\\' && needs_escapes) {
      quoted += "\\\\";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::vector<std::string> shell_split(std::string_view line) {
  std::vector<std::string> words;
  bool in_word = false;
  char quote = 0;
  const auto word = [&]() -> std::string& {
    if (!in_word) words.emplace_back();
    in_word = true;
    return words.back();
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    // In double quotes a backslash stands for itself in front of most characters.
    const bool escapes = c == '\\' && i + 1 < line.size() &&
                         (quote == 0 || (quote == '"' && (line[i + 1] == '"' || line[i + 1] == '\\')));
    if (escapes) {
      word() += line[++i];
    } else if (quote != 0 && c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
      word();
    } else if (quote == 0 && (c == ' ' || c == '\t')) {
      in_word = false;
    } else {
      word() += c;
    }
  }
  return words;
}

bool matches(std::string_view pattern, std::string_view name) {
  // Only the last star needs to be tried again: what fits behind an earlier one fits behind it as well.
  std::size_t star = std::string_view::npos, behind_star = 0;
  std::size_t p = 0, n = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      behind_star = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++behind_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool is_pattern(std::string_view name) { return name.find_first_of("*?") != std::string_view::npos; }

std::string quoted_alternatives(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += format("'{}'", words[i]);
  }
  return text;
}

std::string columns(const std::vector<std::vector<std::string>>& rows, std::string_view indentation) {
  std::vector<std::size_t> widths;
  for (const std::vector<std::string>& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const std::vector<std::string>& row : rows) {
    std::string line(indentation);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths[i] != 0) line += format("{:{}}  ", row[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // The table of optimal string alignment, of which the last three rows are enough.
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

NearestNames::NearestNames(std::string_view wanted) : wanted_(wanted) {}

void NearestNames::consider(std::string_view name) {
  constexpr std::size_t most_names = 3;
  // More than one mistake in three characters makes it another word.
  const auto [shorter, longer] = std::minmax({name.size(), wanted_.size()});
  const std::size_t largest = std::min(distance_, std::max(longer / 3, std::size_t{1}));
  if (longer - shorter > largest) return;

  const std::size_t distance = edit_distance(wanted_, name);
  if (distance > largest) return;
  if (distance < distance_) {
    names_.clear();
    distance_ = distance;
  }
  if (names_.size() < most_names && std::find(names_.begin(), names_.end(), name) == names_.end()) {
    names_.emplace_back(name);
  }
}

std::string NearestNames::suggestion() const {
  return names_.empty() ? std::string() : format("did you mean {}?", quoted_alternatives(names_));
}

}  // namespace bpfbuild
