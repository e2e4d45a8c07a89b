#include "tracefs/format.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::tracefs {

namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t largest_record = 1 << 16;  // a __data_loc field cannot tell of more

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool take(std::string_view& text, std::string_view start) {
  if (text.substr(0, start.size()) != start) return false;
  text.remove_prefix(start.size());
  return true;
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class Parser {
 public:
  Parser(std::string_view text, std::string_view name) : rest_(text), name_(name) {}

  TracepointFormat run() {
    TracepointFormat parsed;
    parsed.name = value_of("name:");
    if (parsed.name.empty() || !std::all_of(parsed.name.begin(), parsed.name.end(),
                                            [](char c) { return is_name_character(c) || c == '-'; })) {
      throw fail(format("'{}' is not the name of an event", printable(parsed.name)));
    }
    if (const std::string_view id = value_of("ID:"); !number(id)) {
      throw fail(format("ID is '{}', expected a number", printable(id)));
    }
    if (!value_of("format:").empty()) throw fail("unexpected text after 'format:'");

    std::uint32_t end = 0;
    std::set<std::string> names;
    for (;;) {
      std::string_view line = next_line("'print fmt:'");
      if (take(line, "print fmt:")) return parsed;  // what follows may go over several lines
      if (trimmed(line).empty()) continue;
      Field field = parse_field(line);
      if (field.offset < end) {
        throw fail(format("field '{}' begins at {}, within the field before, which ends at {}", field.name,
                          field.offset, end));
      }
      if (!names.insert(field.name).second) throw fail(format("field '{}' comes twice", field.name));
      end = field.offset + field.size;
      parsed.fields.push_back(std::move(field));
    }
  }

 private:
  [[nodiscard]] Error fail(std::string what) const {
    return Error(std::move(what)).at(format("{}:{}", name_, line_));
  }

  /// As it is, but for what a terminal would not print.
  static std::string printable(std::string_view text) {
    constexpr std::size_t longest = 80;
    std::string result(text.substr(0, longest));
    std::replace_if(
        result.begin(), result.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return result;
  }

  std::string_view next_line(std::string_view expected) {
    ++line_;
    if (rest_.empty()) throw fail(format("the file ends, expected {}", expected));
    const auto end = rest_.find('\n');
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return line;
  }

  /// Of a line with a key.
  std::string_view value_of(std::string_view key) {
    std::string_view line = next_line(format("'{}'", key));
    if (!take(line, key)) throw fail(format("found '{}', expected '{}'", printable(line), key));
    return trimmed(line);
  }

  /// `field:DECLARATION; offset:N; size:N; signed:N;`
  [[nodiscard]] Field parse_field(std::string_view line) const {
    std::string_view rest = line;
    const std::string_view declaration = part_of(rest, "field:");
    Field field = parse_declaration(declaration);
    field.offset = number_of(rest, "offset:");
    field.size = number_of(rest, "size:");
    field.is_signed = number_of(rest, "signed:") != 0;
    if (const std::string_view more = trimmed(rest); !more.empty()) {
      throw fail(format("found '{}' behind the field, expected the end of the line", printable(more)));
    }
    if (field.offset > largest_record || field.size > largest_record - field.offset) {
      throw fail(format("field '{}' has {} bytes at {}, more than the {} of a record", field.name, field.size,
                        field.offset, largest_record));
    }
    if (field.place != Place::here && field.size != 4) {
      throw fail(
          format("field '{}' tells of data elsewhere in {} bytes, expected 4", field.name, field.size));
    }
    return field;
  }

  /// Takes `KEY VALUE;` off the line.
  std::string_view part_of(std::string_view& line, std::string_view key) const {
    line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    const std::string_view found = line;
    const auto end = line.find(';');
    if (!take(line, key) || end == std::string_view::npos) {
      throw fail(format("found '{}', expected '{}...;'", printable(found), key));
    }
    const std::string_view value = found.substr(key.size(), end - key.size());
    line = found.substr(end + 1);
    return trimmed(value);
  }

  std::uint32_t number_of(std::string_view& line, std::string_view key) const {
    const std::string_view value = part_of(line, key);
    if (const auto found = number(value)) return *found;
    throw fail(format("'{}' is '{}', expected a number", key.substr(0, key.size() - 1), printable(value)));
  }

  /// `TYPE NAME`, `TYPE NAME[COUNT]`, `__data_loc TYPE[] NAME`.
  [[nodiscard]] Field parse_declaration(std::string_view declaration) const {
    // No character that could end a comment or continue a line.
    constexpr std::string_view allowed = "_ *[](),.+-<>&|:";
    const auto is_allowed = [&](char c) {
      return is_name_character(c) || allowed.find(c) != std::string_view::npos;
    };
    if (!std::all_of(declaration.begin(), declaration.end(), is_allowed)) {
      throw fail(format("'{}' is not the declaration of a field", printable(declaration)));
    }
    Field field{};
    std::string_view type = declaration;
    if (take(type, "__data_loc ")) field.place = Place::data_loc;
    if (take(type, "__rel_loc ")) field.place = Place::rel_loc;
    take_array(type, field);
    const auto behind_type =
        type.find_last_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    const auto name_start = behind_type == std::string_view::npos ? 0 : behind_type + 1;
    field.name = type.substr(name_start);
    type = trimmed(type.substr(0, name_start));
    if (!field.is_array) take_array(type, field);
    field.type = type;
    if (field.name.empty() || field.type.empty() || (field.name[0] >= '0' && field.name[0] <= '9')) {
      throw fail(format("'{}' is not the declaration of a field", declaration));
    }
    return field;
  }

  /// Takes `[...]` off the end. The number of elements may be any expression; then the size tells.
  static void take_array(std::string_view& text, Field& field) {
    if (text.empty() || text.back() != ']') return;
    const auto open = text.find('[');
    if (open == std::string_view::npos) return;
    field.is_array = true;
    field.count = number(trimmed(text.substr(open + 1, text.size() - open - 2))).value_or(0);
    text = trimmed(text.substr(0, open));
  }

  std::string_view rest_;
  std::string_view name_;
  std::uint32_t line_ = 0;
};

}  // namespace

TracepointFormat parse(std::string_view text, std::string_view name) { return Parser(text, name).run(); }

}  // namespace bpfbuild::tracefs
