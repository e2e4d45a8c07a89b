#include "compare/spelling.hpp"

#include "support/format.hpp"

namespace bpfbuild::compare {

std::string spelling(const btf::TypeTable& types, btf::TypeId id) {
  using btf::Kind;
  std::string behind;
  for (btf::Type type = types.without_modifiers(id);; type = types.without_modifiers(id)) {
    switch (type.kind()) {
      case Kind::void_:
        return "void" + behind;
      case Kind::pointer:
        behind.starts_with(" *") ? behind.insert(1, "*") : behind.insert(0, " *");
        id = type.target();
        break;
      case Kind::array:
        behind.append(format("[{}]", type.array().count));
        id = type.array().element;
        break;
      case Kind::function_prototype:
        return "function" + behind;
      case Kind::struct_:
      case Kind::union_:
      case Kind::enum_:
      case Kind::enum64:
      case Kind::forward: {
        const std::string_view keyword =
            type.is_enum() ? "enum"
            : type.kind() == Kind::union_ || (type.kind() == Kind::forward && type.is_forward_union())
                ? "union"
                : "struct";
        return format("{}{}{}{}", keyword, type.is_anonymous() ? "" : " ", type.name(), behind);
      }
      default:
        return format("{}{}", type.name(), behind);
    }
  }
}

}  // namespace bpfbuild::compare
