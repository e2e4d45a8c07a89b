#include "vm/console.hpp"

#include <charconv>

#include "printable.hpp"
#include "vm/protocol.hpp"

namespace bpfbuild::vm {

namespace {

constexpr std::size_t lines_kept = 25;
constexpr std::size_t longest_kept = 64 * 1024;  // of a line: the guest may write anything

std::optional<Ending> ending_of(Ending::Kind kind, std::string_view text) {
  Ending ending{kind, 0};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ending.number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return ending;
}

}  // namespace

void Console::take(std::string_view bytes) {
  silent_ = silent_ && bytes.empty();
  while (!bytes.empty()) {
    const std::size_t newline = bytes.find('\n');
    line_.append(bytes.substr(0, newline));
    if (newline == std::string_view::npos) {
      if (line_.size() > longest_kept) line_.clear();
      return;
    }
    bytes.remove_prefix(newline + 1);
    take_line(line_);
    line_.clear();
  }
}

void Console::take_line(std::string_view line) {
  if (line.starts_with(mark_) && line.size() >= mark_.size() + 2)
    return take_word(line[mark_.size()], line.substr(mark_.size() + 2));
  while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (line.empty()) return;
  constexpr std::string_view panics = "Kernel panic - not syncing";
  if (const std::size_t at = line.find(panics); at != std::string_view::npos && panic_.empty()) {
    const std::string_view text = line.substr(at);
    if (!text.ends_with("---")) panic_ = printable(text);  // rather than "---[ end Kernel panic ... ]---"
  }
  others_.push_back(printable(line));
  if (others_.size() > lines_kept) others_.pop_front();
}

void Console::take_word(char what, std::string_view text) {
  switch (what) {
    case started:
      started_ = true;
      break;
    case output:
    case errors:
      sink_(what == errors, std::string(text) + "\n");
      break;
    case output_part:
    case errors_part:
      sink_(what == errors_part, text);
      break;
    case exited:
      ending_ = ending_of(Ending::Kind::exited, text);
      break;
    case killed:
      ending_ = ending_of(Ending::Kind::killed, text);
      break;
    case cannot_start:
      ending_ = ending_of(Ending::Kind::cannot_start, text);
      break;
    default:
      break;
  }
}

std::string Console::end() const {
  std::string text;
  for (const std::string& line : others_) text += "\n  " + line;
  if (!line_.empty()) text += "\n  " + printable(line_);
  return text;
}

}  // namespace bpfbuild::vm
