/// Definitions of types as C text.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "btf/type_table.hpp"
#include "emit/layout.hpp"
#include "emit/names.hpp"
#include "emit/places.hpp"
#include "select/selection.hpp"
#include "support/error.hpp"
#include "support/text_buffer.hpp"

namespace bpfbuild::emit {

/// In bytes. A kernel with all its modules has less than half of it.
inline constexpr std::size_t longest_header = std::size_t{128} << 20;
inline Error too_long() { return Error("makes the header longer than 128 MiB"); }

/// Writes one type after the other, each as C wants it given that what it needs has been written. All text
/// goes to the end of one buffer: a whole kernel has a hundred thousand lines.
class DefinitionWriter {
 public:
  DefinitionWriter(const btf::TypeTable& types, const select::Selection& selection, Names& names,
                   TextBuffer& text, Places& places)
      : types_(types), selection_(selection), names_(names), layouts_(types), text_(text), places_(places) {}

  /// The definition of a record, an enum or a typedef, with the semicolon and the end of its line, below what
  /// a reader has to know of it when it is not all there. Throws Error when it cannot be written, or not with
  /// the layout that BTF has.
  void define(btf::Type type);

  /// The prototype of a function of the kernel, with the end of its line. `specifier` follows `extern`.
  void declare_function(btf::Type function, std::string_view specifier);

 private:
  /// const, volatile, restrict and the like, as bits: C wants to hear each of them once.
  using Qualifiers = unsigned;

  /// A type around a name: "int x", "int (*x)(void)", "const char *x[4]"; without a name if that is empty. Of
  /// an unnamed record or enum, `fields` are written.
  void declare(btf::TypeId id, std::string_view name, std::size_t depth,
               const select::Fields& fields = select::Fields::whole());
  /// What C puts in front of the name, and what behind it. Qualifiers of an array are those of its elements.
  /// The result tells whether there is anything behind it.
  bool before_name(btf::TypeId id, Qualifiers qualifiers, std::size_t depth, const select::Fields& fields);
  void after_name(btf::TypeId id, std::size_t depth);
  void base_type(btf::Type type, Qualifiers qualifiers, std::size_t depth, const select::Fields& fields);
  void parameters(btf::Type prototype, std::size_t depth);
  [[nodiscard]] bool needs_parentheses(btf::TypeId pointee) const;

  void remark(btf::Type type, const select::Fields& fields);
  void define_arena(std::size_t start);

  void name(btf::Type type);
  void qualify(Qualifiers qualifiers);
  /// Names and padding of a few bytes in BTF can be of any length here.
  void check_length() const;
  /// A word, set apart from one that it follows.
  void word(std::string_view word) {
    const char last = text_.back();
    const bool is_apart = last == ' ' || last == '\t' || last == '\n' || last == '(' || last == '*';
    if (!is_apart) text_ += ' ';
    text_ += word;
  }
  void indent(std::size_t depth) {
    for (std::size_t i = 0; i < depth; ++i) text_ += '\t';
  }
  void padding(std::uint64_t from, std::uint64_t bits, std::size_t depth);
  struct Element {
    std::string_view type;  // as it stands in front of a name
    std::uint32_t size;
  };
  Element leading_element(btf::Type record);
  void other_fields(btf::Type record, std::uint64_t from, std::uint64_t bits, std::size_t depth);
  void attributes(const Layout& layout);

  /// The body of a record or enum, from the opening brace to the attributes.
  void record(btf::Type type, const select::Fields& fields, std::size_t depth);
  void opaque_record(btf::Type type);
  /// Nothing where the part has to do without the kernel's sizes and offsets.
  std::optional<Layout> layout_of(btf::Type type, const select::Fields& fields);
  void members(btf::Type type, const select::Fields& fields, std::span<const Padding> paddings,
               std::size_t depth);
  void member(btf::Type type, std::uint32_t index, const select::Fields& fields, std::size_t depth);
  void enumeration(btf::Type type, const select::Fields& fields, std::size_t depth);

  const btf::TypeTable& types_;
  const select::Selection& selection_;
  Names& names_;
  Layouts layouts_;
  TextBuffer& text_;
  Places& places_;
  unsigned other_fields_ = 0;  // how many stretches of them the definition has so far
  enum class Arena { unknown, mentioned, defined } arena_ = Arena::unknown;  // the macro
};

}  // namespace bpfbuild::emit
