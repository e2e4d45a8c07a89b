#include "emit/user_definition.hpp"

#include <algorithm>
#include <iterator>

#include "emit/enumeration.hpp"
#include "emit/names.hpp"
#include "select/fields.hpp"
#include "select/spec.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::emit {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;

std::string integer(std::uint32_t size, bool is_signed) {
  if (size == 16) return is_signed ? "__int128" : "unsigned __int128";
  return format("{}int{}_t", is_signed ? "" : "u", size * 8);
}

std::string base_type(Type type) {
  if (type.kind() == Kind::floating) return type.size() == 4 ? "float" : "double";
  if (type.is_boolean()) return "bool";
  return type.name() == "char" ? "char" : integer(type.size(), type.is_signed_integer());
}

/// The type that C++ and C give to a bitfield: that of an enum would not hold all values in C++.
std::string bitfield_type(Type type) {
  return type.is_enum() ? integer(type.size(), type.kind_flag()) : base_type(type);
}

}  // namespace

bool is_spelled_by_typedef(const btf::TypeTable& types, Type type) {
  const Type meaning = types.resolved(type.id());
  return (meaning.is_record() || meaning.is_enum()) && meaning.is_anonymous();
}

std::string user_name(std::string_view member) {
  // Those of C++20 that C17 does not have, sorted.
  static constexpr std::string_view keywords[] = {
      "alignas",   "alignof",       "and",         "and_eq",    "bitand",   "bitor",
      "bool",      "catch",         "char16_t",    "char32_t",  "char8_t",  "class",
      "co_await",  "co_return",     "co_yield",    "compl",     "concept",  "const_cast",
      "consteval", "constexpr",     "constinit",   "decltype",  "delete",   "dynamic_cast",
      "explicit",  "export",        "false",       "friend",    "mutable",  "namespace",
      "new",       "noexcept",      "not",         "not_eq",    "nullptr",  "operator",
      "or",        "or_eq",         "private",     "protected", "public",   "reinterpret_cast",
      "requires",  "static_assert", "static_cast", "template",  "this",     "thread_local",
      "throw",     "true",          "try",         "typeid",    "typename", "using",
      "virtual",   "wchar_t",       "xor",         "xor_eq"};
  const bool is_keyword = std::binary_search(std::begin(keywords), std::end(keywords), member);
  return std::string(member) + (is_keyword ? "_" : "");
}

void UserDefinitionWriter::define(Type type) {
  paddings_ = 0;
  try {
    text_.append(tag_keyword(type));
    if (!type.is_anonymous()) text_.append(" ").append(type.name());
    if (type.is_enum()) {
      enumeration(type);
    } else {
      record(type, 0);
    }
    text_ += ";\n";
  } catch (const Error& error) {
    throw error.at(types_.describe(type.id()));
  }
}

void UserDefinitionWriter::define_typedef(TypeId target, std::string_view name) {
  paddings_ = 0;
  text_ += "typedef ";
  const Type meaning = types_.without_modifiers(target);
  if (meaning.is_enum() && meaning.is_anonymous()) {
    text_ += "enum";
    enumeration(meaning);
    text_.append(" ").append(name);
  } else {
    declare(target, name, 0);
  }
  text_ += ";\n";
}

void UserDefinitionWriter::declare(TypeId id, std::string_view name, std::size_t depth) {
  std::string dimensions;
  Type type = types_.without_modifiers(id);
  for (;;) {
    if (type.kind() == Kind::array) {
      dimensions += format("[{}]", type.array().count);
      type = types_.without_modifiers(type.array().element);
    } else if (type.kind() == Kind::typedef_ && !is_spelled_by_typedef(types_, type)) {
      type = types_.without_modifiers(type.target());
    } else {
      break;
    }
  }
  spell(type, depth);
  text_.append(" ").append(name).append(dimensions);
}

void UserDefinitionWriter::spell(Type type, std::size_t depth) {
  switch (type.kind()) {
    case Kind::pointer:
      text_ += "uint64_t";
      return;
    case Kind::integer:
    case Kind::floating:
      text_ += base_type(type);
      return;
    case Kind::typedef_:
      text_ += type.name();
      return;
    case Kind::enum_:
    case Kind::enum64:
      if (type.is_anonymous()) {
        text_ += integer(type.size(), type.kind_flag());
        return;
      }
      break;
    case Kind::struct_:
    case Kind::union_:
      if (type.is_anonymous()) {
        text_ += tag_keyword(type);
        return record(type, depth);
      }
      break;
    default:
      throw Error(format("{} has no values that user space could hold", types_.describe(type.id())));
  }
  text_.append(tag_keyword(type)).append(" ").append(type.name());
}

void UserDefinitionWriter::record(Type type, std::size_t depth) {
  constexpr std::uint32_t common_alignment = 4;  // that all machines give to types that need more
  const Layout layout = layouts_.of(type);
  text_ += " {\n";
  members(type, depth + 1);
  indent(depth);
  text_ += '}';
  if (layout.packed) {
    text_ += " __attribute__((packed))";
  } else if (layout.alignment > common_alignment || layout.aligned != 0) {
    text_ += format(" __attribute__((aligned({})))", layout.alignment);
  }
}

void UserDefinitionWriter::members(Type type, std::size_t depth) {
  std::uint64_t end = 0;  // of what has been written, in bits
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    const btf::Member member = type.member(i);
    if (type.kind() == Kind::struct_ && member.bit_offset > end) padding(end, member.bit_offset, depth);
    this->member(type, i, depth);
    const std::uint64_t bits =
        member.bit_size != 0 ? member.bit_size : std::uint64_t{*types_.size_of(member.type)} * 8;
    end = std::max(end, member.bit_offset + bits);
  }
  const std::uint64_t size = std::uint64_t{type.size()} * 8;
  if (end >= size) return;
  // In a union it stands beside the members.
  padding(type.kind() == Kind::union_ ? 0 : end, size, depth);
}

void UserDefinitionWriter::member(Type type, std::uint32_t index, std::size_t depth) {
  const btf::Member member = type.member(index);
  indent(depth);
  if (const auto inlined = select::inlined_record(types_, type, index)) {
    text_ += tag_keyword(*inlined);
    record(*inlined, depth);
  } else if (!select::is_c_identifier(member.name)) {
    throw Error(format("member {}: '{}' is not a name in C", index, member.name));
  } else if (member.bit_size != 0) {
    text_ += format("{} {} : {}", bitfield_type(types_.resolved(member.type)), user_name(member.name),
                    member.bit_size);
  } else {
    declare(member.type, user_name(member.name), depth);
  }
  text_ += ";\n";
}

void UserDefinitionWriter::padding(std::uint64_t from, std::uint64_t to, std::size_t depth) {
  const auto bits = [&](std::uint64_t width) {
    if (width == 0) return;
    indent(depth);
    text_ += format("uint8_t : {};\n", width);
    from += width;
  };
  bits(std::min(to - from, (8 - from % 8) % 8));
  if (const std::uint64_t bytes = (to - from) / 8; bytes > 0) {
    indent(depth);
    text_ += format("uint8_t _padding_{}[{}];\n", ++paddings_, bytes);
    from += bytes * 8;
  }
  bits(to - from);
}

void UserDefinitionWriter::enumeration(Type type) {
  if (type.kind() == Kind::enum_ && type.size() > 4) {
    throw Error("its values are too large for the BTF of this clang", "clang 15 or newer is needed");
  }
  text_ += " {\n";
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    const btf::Enumerator enumerator = type.enumerator(i);
    text_.append("\t").append(enumerator.name).append(" = ");
    text_.append(enumerator_value(type, enumerator.value)).append(",\n");
  }
  text_.append("}").append(enum_attribute(type));
}

}  // namespace bpfbuild::emit
