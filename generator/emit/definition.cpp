#include "emit/definition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "emit/spelling.hpp"
#include "select/spec.hpp"
#include "support/error.hpp"

namespace bpfbuild::emit {

namespace {

using btf::Kind;
using btf::Member;
using btf::Type;
using select::Fields;

std::string indent(std::size_t depth) { return std::string(depth, '\t'); }

/// Unnamed bitfields that fill the bits from `from` on, none of which crosses a boundary of 64 bits.
std::string padding(std::uint64_t from, std::uint64_t bits, std::size_t depth) {
  constexpr std::uint64_t unit = 64;
  std::string text;
  while (bits > 0) {
    const std::uint64_t width = std::min(bits, unit - from % unit);
    text += fmt::format("{} : {}", text.empty() ? indent(depth) + "long" : ",", width);
    from += width;
    bits -= width;
  }
  return text.empty() ? text : text + ";\n";
}

std::string attributes(const Layout& layout) {
  std::string list;
  if (layout.packed) list = "packed";
  if (layout.aligned != 0) list += fmt::format("{}aligned({})", list.empty() ? "" : ", ", layout.aligned);
  return list.empty() ? list : fmt::format(" __attribute__(({}))", list);
}

/// What makes an enum take the bytes that it takes in the kernel.
std::string_view enum_attribute(Type type) {
  switch (type.size()) {
    case 1:
      return " __attribute__((mode(QI)))";
    case 2:
      return " __attribute__((mode(HI)))";
    case 8:
      return " __attribute__((mode(DI)))";
    default:
      return "";
  }
}

std::string enumerator_value(Type type, std::int64_t value) {
  const bool wide = type.kind() == Kind::enum64;
  if (!type.kind_flag()) return fmt::format("{}{}", static_cast<std::uint64_t>(value), wide ? "ULL" : "");
  if (value == std::numeric_limits<std::int64_t>::min()) return fmt::format("({}LL - 1)", value + 1);
  return fmt::format("{}{}", value, wide ? "LL" : "");
}

std::string joined(std::string_view type, std::string_view declarator) {
  return declarator.empty() ? std::string(type) : fmt::format("{} {}", type, declarator);
}

/// An array and its elements may both be const, but C wants to hear it once.
std::string with_qualifier(const std::string& qualifiers, std::string_view qualifier) {
  return qualifiers.find(qualifier) == std::string::npos ? fmt::format("{}{}", qualifiers, qualifier)
                                                         : qualifiers;
}

}  // namespace

std::string DefinitionWriter::define(Type type) {
  try {
    const Fields fields = selection_.fields_of(type.id());
    if (type.is_record()) return record(type, names_.of(type), fields, 0) + ";\n";
    if (type.is_enum()) {
      if (type.item_count() == 0) return names_.of(type) + ";\n";
      return enumeration(type, type.is_anonymous() ? tag_keyword(type) : names_.of(type), 0) + ";\n";
    }
    return fmt::format("typedef {};\n", declare(type.target(), names_.of(type), 0, fields));
  } catch (const Error& error) {
    throw error.at(types_.describe(type.id()));
  }
}

std::string DefinitionWriter::declare(btf::TypeId id, std::string declarator, std::size_t depth,
                                      const Fields& fields, std::string qualifiers) {
  const Type type = types_[id];
  switch (type.kind()) {
    case Kind::pointer:
      if (declarator.empty() && !qualifiers.empty()) qualifiers.pop_back();
      return declare(type.target(), fmt::format("*{}{}", qualifiers, declarator), depth);
    case Kind::const_:
      return declare(type.target(), std::move(declarator), depth, fields,
                     with_qualifier(qualifiers, "const "));
    case Kind::volatile_:
      return declare(type.target(), std::move(declarator), depth, fields,
                     with_qualifier(qualifiers, "volatile "));
    case Kind::restrict_:
      return declare(type.target(), std::move(declarator), depth, fields,
                     with_qualifier(qualifiers, "restrict "));
    case Kind::type_tag:
      return declare(type.target(), std::move(declarator), depth, fields, std::move(qualifiers));
    case Kind::array:
    case Kind::function_prototype: {
      const bool is_array = type.kind() == Kind::array;
      if (!declarator.empty() && declarator.front() == '*') declarator = fmt::format("({})", declarator);
      declarator +=
          is_array ? fmt::format("[{}]", type.array().count) : fmt::format("({})", parameters(type, depth));
      // The qualifiers of an array are those of its elements; a function has none.
      return declare(is_array ? type.array().element : type.target(), std::move(declarator), depth,
                     is_array ? fields : Fields::whole(), is_array ? std::move(qualifiers) : std::string());
    }
    case Kind::void_:
      return qualifiers + joined("void", declarator);
    case Kind::integer:
    case Kind::floating:
      return qualifiers + joined(spelling_of_base_type(type), declarator);
    case Kind::struct_:
    case Kind::union_:
      if (!type.is_anonymous()) break;
      return qualifiers + joined(record(type, tag_keyword(type), fields, depth), declarator);
    case Kind::enum_:
    case Kind::enum64:
      if (!type.is_anonymous()) break;
      return qualifiers + joined(enumeration(type, "enum", depth), declarator);
    default:
      break;
  }
  return qualifiers + joined(names_.of(type), declarator);
}

std::string DefinitionWriter::parameters(Type prototype, std::size_t depth) {
  const std::uint32_t count = prototype.item_count();
  if (count == 0) return "void";
  if (count == 1 && prototype.parameter(0) == 0) return "";  // a function without prototype

  std::string list;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i > 0) list += ", ";
    list += prototype.parameter(i) == 0 ? "..." : declare(prototype.parameter(i), "", depth);
  }
  return list;
}

std::string DefinitionWriter::record(Type type, std::string_view head, const Fields& fields,
                                     std::size_t depth) {
  std::string text = fmt::format("{} {{\n", head);
  if (!fields.all) {
    members(text, type, fields, nullptr, depth + 1);
    // The attribute holds for the records within as well.
    return text + indent(depth) + (depth == 0 ? "} __attribute__((preserve_access_index))" : "}");
  }
  const Layout& layout = layouts_.of(type);
  members(text, type, fields, &layout, depth + 1);
  return text + indent(depth) + "}" + attributes(layout);
}

void DefinitionWriter::members(std::string& text, Type type, const Fields& fields, const Layout* layout,
                               std::size_t depth) {
  std::uint64_t end = 0;
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    if (!fields.includes(i)) continue;
    if (layout != nullptr) text += padding(end, layout->padding_before[i], depth);
    text += member(type, i, fields.of(i), depth);
    const Member member = type.member(i);
    end = member.bit_offset +
          (member.bit_size != 0 ? member.bit_size : std::uint64_t{*types_.size_of(member.type)} * 8);
  }
  if (layout != nullptr) text += padding(end, layout->padding_after, depth);
}

std::string DefinitionWriter::member(Type type, std::uint32_t index, const Fields& fields,
                                     std::size_t depth) {
  const Member member = type.member(index);
  if (const auto inlined = select::inlined_record(types_, member)) {
    return indent(depth) + record(*inlined, tag_keyword(*inlined), fields, depth) + ";\n";
  }
  if (!select::is_c_identifier(member.name)) {
    throw Error(fmt::format("member {}: '{}' is not a name in C", index, member.name));
  }
  const std::string width = member.bit_size != 0 ? fmt::format(" : {}", member.bit_size) : std::string();
  return fmt::format("{}{}{};\n", indent(depth),
                     declare(member.type, std::string(member.name), depth, fields), width);
}

std::string DefinitionWriter::enumeration(Type type, std::string_view head, std::size_t depth) {
  std::string text = fmt::format("{} {{\n", head);
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    const btf::Enumerator enumerator = type.enumerator(i);
    text += fmt::format("{}{} = {},\n", indent(depth + 1), names_.claim_enumerator(enumerator.name),
                        enumerator_value(type, enumerator.value));
  }
  return fmt::format("{}{}}}{}", text, indent(depth), enum_attribute(type));
}

}  // namespace bpfbuild::emit
