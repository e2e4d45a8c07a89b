/// Definitions of types as C text.
#pragma once

#include <string>
#include <string_view>

#include "btf/type_table.hpp"
#include "emit/layout.hpp"
#include "emit/names.hpp"
#include "select/selection.hpp"

namespace bpfbuild::emit {

/// Writes one type after the other, each as C wants it given that what it needs has been written.
class DefinitionWriter {
 public:
  DefinitionWriter(const btf::TypeTable& types, const select::Selection& selection, Names& names)
      : types_(types), selection_(selection), names_(names), layouts_(types) {}

  /// The definition of a record, an enum or a typedef, with the semicolon and the end of its line.
  /// Throws Error when it cannot be written, or not with the layout that BTF has.
  std::string define(btf::Type type);

 private:
  /// A type around a name: `declare(t, "x")` gives "int x", "int (*x)(void)", "const char *x[4]". The name
  /// and the stars, brackets and parentheses put around it so far are the declarator; qualifiers, each with a
  /// blank behind it, go to the next part that can have them. Of an unnamed record, `fields` are written.
  std::string declare(btf::TypeId id, std::string declarator, std::size_t depth,
                      const select::Fields& fields = select::Fields::whole(), std::string qualifiers = {});
  std::string parameters(btf::Type prototype, std::size_t depth);

  std::string record(btf::Type type, std::string_view head, const select::Fields& fields, std::size_t depth);
  void members(std::string& text, btf::Type type, const select::Fields& fields, const Layout* layout,
               std::size_t depth);
  std::string member(btf::Type type, std::uint32_t index, const select::Fields& fields, std::size_t depth);
  std::string enumeration(btf::Type type, std::string_view head, std::size_t depth);

  const btf::TypeTable& types_;
  const select::Selection& selection_;
  Names& names_;
  Layouts layouts_;
};

}  // namespace bpfbuild::emit
