#include "emit/architectures.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "support/format.hpp"

namespace bpfbuild::emit {

namespace {

using Architectures = std::uint32_t;  // a bit for each

/// A definition, a declaration or a preprocessor block, with the comment above it.
struct Piece {
  std::string_view text;
  Architectures architectures;
};

bool begins_with(std::string_view line, std::string_view start) {
  return line.substr(0, start.size()) == start;
}

/// Cuts a body where its text is at the outermost level; leaves out the blank lines in between.
std::vector<std::string_view> cut(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t start = 0;
  int conditionals = 0;
  bool in_braces = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view line = text.substr(at, end - at);
    at = end;
    if (line == "\n" && start + 1 == at) {
      start = at;
      continue;
    }
    if (begins_with(line, "#if")) ++conditionals;
    if (begins_with(line, "#endif")) --conditionals;
    if (line.size() > 1 && line[line.size() - 2] == '{' && line.front() != '\t') in_braces = true;
    if (line.front() == '}') in_braces = false;
    if (conditionals == 0 && !in_braces && !begins_with(line, "//")) {
      pieces.push_back(text.substr(start, at - start));
      start = at;
    }
  }
  return pieces;
}

/// The longest run of pairs, taken in order, whose second numbers rise.
std::vector<std::pair<std::size_t, std::size_t>> longest_rising(
    const std::vector<std::pair<std::size_t, std::size_t>>& pairs) {
  constexpr std::size_t none = ~std::size_t{0};
  std::vector<std::size_t> last;  // of the best run of each length, the pair it ends with
  std::vector<std::size_t> before(pairs.size(), none);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto place =
        std::lower_bound(last.begin(), last.end(), pairs[i].second,
                         [&](std::size_t pair, std::size_t second) { return pairs[pair].second < second; });
    if (place != last.begin()) before[i] = *(place - 1);
    if (place == last.end()) {
      last.push_back(i);
    } else {
      *place = i;
    }
  }
  std::vector<std::pair<std::size_t, std::size_t>> run;
  for (std::size_t i = last.empty() ? none : last.back(); i != none; i = before[i]) run.push_back(pairs[i]);
  std::reverse(run.begin(), run.end());
  return run;
}

/// Weaves the pieces of one more architecture in. Both keep their order; a piece that both have comes once
/// wherever that leaves the order of each.
std::vector<Piece> weave(const std::vector<Piece>& merged, const std::vector<std::string_view>& pieces,
                         Architectures architecture) {
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < merged.size(); ++i) places.emplace(merged[i].text, i);
  std::vector<std::pair<std::size_t, std::size_t>> common;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (const auto found = places.find(pieces[i]); found != places.end())
      common.emplace_back(i, found->second);
  }

  std::vector<Piece> result;
  std::size_t from = 0;
  std::size_t from_merged = 0;
  const auto take_up_to = [&](std::size_t piece, std::size_t merged_piece) {
    result.insert(result.end(), merged.begin() + static_cast<std::ptrdiff_t>(from_merged),
                  merged.begin() + static_cast<std::ptrdiff_t>(merged_piece));
    for (; from < piece; ++from) result.push_back({pieces[from], architecture});
    from_merged = merged_piece;
  };
  for (const auto& [piece, merged_piece] : longest_rising(common)) {
    take_up_to(piece, merged_piece);
    result.push_back({pieces[from++], merged[from_merged++].architectures | architecture});
  }
  take_up_to(pieces.size(), merged.size());
  return result;
}

class Writer {
 public:
  explicit Writer(std::span<const ArchitectureBody> bodies) : bodies_(bodies) {}

  std::string write(const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
      if (piece.architectures != current_) enter(piece.architectures);
      const bool is_line = piece.text.find('\n') + 1 == piece.text.size();
      if (!is_line || !after_line_) text_ += '\n';
      text_ += piece.text;
      after_line_ = is_line;
    }
    enter(all());
    return std::move(text_);
  }

  /// "defined(__TARGET_ARCH_x86) || defined(__TARGET_ARCH_arm64)"
  [[nodiscard]] std::string condition(Architectures architectures) const {
    std::string text;
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      if ((architectures >> i & 1) == 0) continue;
      text += format("{}defined(__TARGET_ARCH_{})", text.empty() ? "" : " || ", bodies_[i].name);
    }
    return text;
  }

  [[nodiscard]] Architectures all() const { return (Architectures{1} << bodies_.size()) - 1; }

 private:
  void enter(Architectures architectures) {
    const bool goes_on = seen_ != 0 && architectures != all() && (seen_ & architectures) == 0;
    if (seen_ != 0 && !goes_on) text_ += "\n#endif\n";
    if (architectures == all()) {
      seen_ = 0;
    } else {
      text_ += format("\n#{} {}\n", goes_on ? "elif" : "if", condition(architectures));
      seen_ = goes_on ? seen_ | architectures : architectures;
    }
    current_ = architectures;
    after_line_ = false;
  }

  std::span<const ArchitectureBody> bodies_;
  std::string text_;
  Architectures current_ = all();
  Architectures seen_ = 0;  // in the conditional that is open; 0 for none
  bool after_line_ = false;
};

}  // namespace

std::string merge(std::span<const ArchitectureBody> bodies) {
  std::vector<Piece> merged;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    merged = weave(merged, cut(bodies[i].text), Architectures{1} << i);
  }
  return Writer(bodies).write(merged);
}

std::string architecture_guard(std::span<const ArchitectureBody> bodies, std::string_view file_name) {
  const Writer writer(bodies);
  std::string names;
  for (const ArchitectureBody& body : bodies) names += format("{}{}", names.empty() ? "" : ", ", body.name);
  return format(
      "\n#if !({})\n#error \"{} has the types of these architectures: {}; define __TARGET_ARCH_ of one of "
      "them\"\n"
      "#endif\n",
      writer.condition(writer.all()), file_name, names);
}

}  // namespace bpfbuild::emit
