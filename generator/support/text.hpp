/// Small text helpers: words of a shell, wildcards, lists in sentences, and the nearest of many names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bpfbuild {

/// The word as a POSIX shell needs it: as it is where that is safe, else in single quotes.
/// Control characters come out in the $'...' form, so that the result is always a single line.
std::string shell_quote(std::string_view word);

/// The words of a line as a POSIX shell takes it apart: at blanks, with quotes and backslashes. Nothing is
/// expanded.
std::vector<std::string> shell_split(std::string_view line);

/// Whether a name fits a pattern, in which `*` stands for any characters and `?` for one. Takes time in
/// proportion to the product of both lengths at most.
bool matches(std::string_view pattern, std::string_view name);

/// Whether a name is a pattern: holds a `*` or a `?`.
bool is_pattern(std::string_view name);

/// The words with the separator between each two of them.
template <class Words>
std::string joined(const Words& words, std::string_view separator) {
  std::string text;
  std::string_view between;
  for (const auto& word : words) {
    text.append(between).append(word);
    between = separator;
  }
  return text;
}

/// "'a'", "'a' or 'b'", "'a', 'b' or 'c'".
std::string quoted_alternatives(const std::vector<std::string>& words);

/// Rows as lines, their cells in columns two blanks apart. A row may have fewer cells than others.
std::string columns(const std::vector<std::vector<std::string>>& rows, std::string_view indentation);

/// Number of single-character insertions, deletions, replacements and swaps of neighbours between two words.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// Collects the names that are nearest to a mistyped one.
class NearestNames {
 public:
  explicit NearestNames(std::string_view wanted);

  void consider(std::string_view name);

  /// The nearest, none when no name is near.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  /// "did you mean 'a' or 'b'?", or nothing when no name is near.
  [[nodiscard]] std::string suggestion() const;

 private:
  std::string wanted_;
  std::size_t distance_ = SIZE_MAX;  // of the names kept
  std::vector<std::string> names_;
};

}  // namespace bpfbuild
