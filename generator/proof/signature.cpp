#include "proof/signature.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "support/format.hpp"

namespace bpfbuild::proof {

namespace {

using btf::Kind;
using btf::Type;

std::string name_of(Type type) {
  const bool is_union = type.kind() == Kind::forward && type.is_forward_union();
  const std::string_view kind = is_union                       ? "union"
                                : type.kind() == Kind::forward ? "struct"
                                                               : btf::kind_name(type.kind());
  return format("{} {}", kind, type.name());
}

}  // namespace

std::string signature(const btf::TypeTable& types, btf::TypeId id, Detail detail) {
  const Type type = types.without_modifiers(id);
  switch (type.kind()) {
    case Kind::void_:
      return "void";
    case Kind::pointer: {
      const bool is_behind_another = types.without_modifiers(type.target()).kind() == Kind::pointer;
      return signature(types, type.target(), is_behind_another ? Detail::name : detail) + "*";
    }
    case Kind::array:
      return format("{}[{}]", signature(types, type.array().element, detail), type.array().count);
    case Kind::typedef_:
      return signature(types, type.target(), detail);
    case Kind::function_prototype: {
      std::string text = signature(types, type.target(), detail) + "(";
      for (std::uint32_t i = 0; i < type.item_count(); ++i) {
        text += (i == 0 ? "" : ", ") + signature(types, type.parameter(i), detail);
      }
      return text + ")";
    }
    case Kind::function:
      return signature(types, type.target(), detail);
    case Kind::struct_:
    case Kind::union_: {
      if (!type.is_anonymous()) break;
      std::string text = format("{} {{", btf::kind_name(type.kind()));
      for (std::uint32_t i = 0; i < type.item_count(); ++i) {
        const btf::Member member = type.member(i);
        text += format(" {} {};", signature(types, member.type, detail), member.name);
      }
      return text + " }";
    }
    case Kind::integer:
    case Kind::floating:
    case Kind::enum_:
    case Kind::enum64:
      return format("{} of {}", name_of(type), type.size());
    default:
      break;
  }
  std::string text = name_of(type);
  if (detail != Detail::name && type.kind() == Kind::forward) text += ", only declared";
  if (detail == Detail::size && type.is_record()) text += format(" of {}", type.size());
  return text;
}

std::string access_path(const btf::TypeTable& types, btf::TypeId id, std::string_view access) {
  Type type = types.without_modifiers(id);
  std::string path = type.is_anonymous() ? "unnamed" : name_of(type);
  const Type root = types.resolved(id);
  bool is_first = true;
  type = root;
  while (!access.empty()) {
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(access.data(), access.data() + access.size(), index);
    access.remove_prefix(
        std::min<std::size_t>(static_cast<std::size_t>(end - access.data()) + 1, access.size()));
    if (error != std::errc()) return path + ", damaged";
    if (type.is_enum()) {
      path += index < type.item_count() ? format(".{}", type.enumerator(index).name) : ", damaged";
    } else if (is_first) {
      if (index != 0) path += format("[{}]", index);
    } else if (type.is_record() && index < type.item_count()) {
      const btf::Member member = type.member(index);
      // What is behind an unnamed member is told by its own name.
      if (!member.name.empty()) path += format(".{}", member.name);
      type = types.resolved(member.type);
    } else if (type.kind() == Kind::array) {
      path += format("[{}]", index);
      type = types.resolved(type.array().element);
    } else {
      return path + ", damaged";
    }
    is_first = false;
  }
  return path;
}

}  // namespace bpfbuild::proof
