#include "select/spec.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "support/error.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::select {

namespace {

using namespace std::string_view_literals;

/// Each multiplies the fields that a path may go through by some dozens.
constexpr int most_patterns = 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A table: names are the larger part of what is read and written.
constexpr auto letters_and_digits = [] {
  std::array<bool, 256> table{};
  for (const char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"sv) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();
bool is_letter_or_digit(char c) { return letters_and_digits[static_cast<unsigned char>(c)]; }

bool is_name(std::string_view text) {
  return !text.empty() && !is_digit(text.front()) &&
         std::all_of(text.begin(), text.end(), is_letter_or_digit);
}

bool is_name_or_pattern(std::string_view text) {
  return !text.empty() && !is_digit(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || is_pattern({&c, 1});
  });
}

std::string_view trimmed(std::string_view text) {
  constexpr auto blanks = " \t"sv;
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The parts between the separators; one more than there are of these.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// Takes a leading "struct ", "union ", "enum " or "typedef " off the text.
std::optional<btf::Kind> take_kind(std::string_view& text) {
  for (const auto kind : {btf::Kind::struct_, btf::Kind::union_, btf::Kind::enum_, btf::Kind::typedef_}) {
    const std::string_view word = btf::kind_name(kind);
    if (text.size() > word.size() && text.substr(0, word.size()) == word &&
        (text[word.size()] == ' ' || text[word.size()] == '\t')) {
      text = trimmed(text.substr(word.size()));
      return kind;
    }
  }
  return std::nullopt;
}

}  // namespace

TypeSpec parse_type_spec(std::string_view text) {
  const auto fail = [&](std::string what, std::string_view what_to_do = {}) {
    return Error::usage(std::move(what), what_to_do).at(format("--type '{}'", text));
  };

  TypeSpec spec;
  spec.text = trimmed(text);
  const auto colon = text.find(':');
  std::string_view name = trimmed(text.substr(0, colon));
  spec.kind = take_kind(name);
  if (const auto at = name.find('@'); at != std::string_view::npos) {
    spec.mark = trimmed(name.substr(at + 1));
    name = trimmed(name.substr(0, at));
    if (spec.mark.empty() || !std::all_of(spec.mark.begin(), spec.mark.end(), is_letter_or_digit)) {
      throw fail(format("'{}' is neither the name of a field nor a size", spec.mark),
                 "expected NAME@FIELD or NAME@SIZE, as in console@name");
    }
  }
  if (!is_name_or_pattern(name)) {
    throw fail(format("'{}' is not the name of a C type", name),
               "expected NAME or NAME:FIELD,..., as in task_struct:pid,comm");
  }
  spec.name = name;
  if (colon == std::string_view::npos) {
    if (spec.names_enumerators()) throw fail("no enumerator", "expected one, as in enum:BPF_MAP_TYPE_HASH");
    return spec;
  }

  for (const std::string_view path : split(text.substr(colon + 1), ',')) {
    FieldPath& names = spec.fields.emplace_back();
    for (const std::string_view part : split(trimmed(path), '.')) {
      if (!is_name_or_pattern(part)) {
        throw fail(format("'{}' is not the name of a{}", part,
                          spec.names_enumerators() ? "n enumerator" : " field"));
      }
      names.emplace_back(part);
    }
    if (std::count_if(names.begin(), names.end(), is_pattern) > most_patterns) {
      throw fail(format("'{}' has more than {} names with wildcards", trimmed(path), most_patterns));
    }
    if (spec.names_enumerators() && names.size() > 1) {
      throw fail(format("'{}' is not the name of an enumerator", trimmed(path)));
    }
  }
  return spec;
}

bool is_c_identifier(std::string_view text) {
  // Those of C17 and the GNU ones that cannot be switched off, sorted.
  static constexpr std::array keywords = {"_Alignas"sv,
                                          "_Alignof"sv,
                                          "_Atomic"sv,
                                          "_Bool"sv,
                                          "_Complex"sv,
                                          "_Generic"sv,
                                          "_Imaginary"sv,
                                          "_Noreturn"sv,
                                          "_Static_assert"sv,
                                          "_Thread_local"sv,
                                          "__attribute__"sv,
                                          "__extension__"sv,
                                          "asm"sv,
                                          "auto"sv,
                                          "break"sv,
                                          "case"sv,
                                          "char"sv,
                                          "const"sv,
                                          "continue"sv,
                                          "default"sv,
                                          "do"sv,
                                          "double"sv,
                                          "else"sv,
                                          "enum"sv,
                                          "extern"sv,
                                          "float"sv,
                                          "for"sv,
                                          "goto"sv,
                                          "if"sv,
                                          "inline"sv,
                                          "int"sv,
                                          "long"sv,
                                          "register"sv,
                                          "restrict"sv,
                                          "return"sv,
                                          "short"sv,
                                          "signed"sv,
                                          "sizeof"sv,
                                          "static"sv,
                                          "struct"sv,
                                          "switch"sv,
                                          "typedef"sv,
                                          "typeof"sv,
                                          "union"sv,
                                          "unsigned"sv,
                                          "void"sv,
                                          "volatile"sv,
                                          "while"sv};
  // Most names are told from keywords by their length and first character: of each character, a bit for each
  // length.
  static constexpr auto lengths = [] {
    std::array<std::uint32_t, 256> table{};
    for (const auto keyword : keywords) table[static_cast<unsigned char>(keyword[0])] |= 1U << keyword.size();
    return table;
  }();
  if (!is_name(text)) return false;
  const bool may_be_keyword =
      text.size() < 32 && (lengths[static_cast<unsigned char>(text[0])] >> text.size() & 1) != 0;
  return !may_be_keyword || !std::binary_search(keywords.begin(), keywords.end(), text);
}

}  // namespace bpfbuild::select
