#include "core/types_match.hpp"

#include "core/names.hpp"

namespace bpfbuild::core {

namespace {

using btf::Kind;
using btf::Type;

constexpr int deepest = 32;

[[noreturn]] void refuse_depth() { throw Refusal("the type is too deep for CO-RE"); }

/// Ends what would go on for years: a type that has others twice, which have others twice, and so on.
class Steps {
 public:
  void take() {
    if (--left_ == 0) refuse_depth();
  }

 private:
  int left_ = 1'000'000;
};

bool are_named_alike(std::string_view local, std::string_view target) {
  return target.empty() ? local.empty() : essential(local) == essential(target);
}

/// The place of an integer in its bytes; only obsolete bitfields have one.
bool are_whole_integers(Type local, Type target) {
  return local.integer_bit_offset() == 0 && target.integer_bit_offset() == 0;
}

bool enums_match(Type local, Type target) {
  if (local.size() != target.size() || local.item_count() > target.item_count()) return false;
  for (std::uint32_t i = 0; i < local.item_count(); ++i) {
    bool is_found = false;
    for (std::uint32_t j = 0; j < target.item_count() && !is_found; ++j) {
      is_found = are_named_alike(local.enumerator(i).name, target.enumerator(j).name);
    }
    if (!is_found) return false;
  }
  return true;
}

bool match(TypeRef local, TypeRef target, bool behind_pointer, int level, Steps& steps);

bool records_match(TypeRef local, TypeRef target, int level, Steps& steps) {
  const Type local_type = local.type(), target_type = target.type();
  if (local_type.item_count() > target_type.item_count()) return false;
  for (std::uint32_t i = 0; i < local_type.item_count(); ++i) {
    const btf::Member member = local_type.member(i);
    bool is_found = false;
    for (std::uint32_t j = 0; j < target_type.item_count() && !is_found; ++j) {
      const btf::Member other = target_type.member(j);
      is_found = are_named_alike(member.name, other.name) &&
                 match(local.at(member.type), target.at(other.type), false, level - 1, steps);
    }
    if (!is_found) return false;
  }
  return true;
}

bool match(TypeRef local, TypeRef target, bool behind_pointer, int level, Steps& steps) {
  if (level <= 0) refuse_depth();
  steps.take();
  for (int depth = 0; depth < deepest; ++depth) {
    local = local.resolved();
    target = target.resolved();
    const Type local_type = local.type(), target_type = target.type();
    if (!are_named_alike(local_type.name(), target_type.name())) return false;
    const Kind kind = local_type.kind(), target_kind = target_type.kind();
    switch (kind) {
      case Kind::forward:
        if (kind == target_kind) return local_type.is_forward_union() == target_type.is_forward_union();
        return behind_pointer &&
               target_kind == (local_type.is_forward_union() ? Kind::union_ : Kind::struct_);
      case Kind::enum_:
      case Kind::enum64:
        return target_type.is_enum() && enums_match(local_type, target_type);
      case Kind::struct_:
      case Kind::union_:
        if (!behind_pointer) return kind == target_kind && records_match(local, target, level, steps);
        return kind == target_kind ||
               (target_kind == Kind::forward && (kind == Kind::union_) == target_type.is_forward_union());
      default:
        break;
    }
    if (kind != target_kind) return false;
    switch (kind) {
      case Kind::void_:
        return true;
      case Kind::integer:
        return local_type.size() == target_type.size() &&
               local_type.is_signed_integer() == target_type.is_signed_integer();
      case Kind::pointer:
        behind_pointer = true;
        local.id = local_type.target();
        target.id = target_type.target();
        break;
      case Kind::array:
        if (local_type.array().count != target_type.array().count) return false;
        local.id = local_type.array().element;
        target.id = target_type.array().element;
        break;
      case Kind::function_prototype:
        if (local_type.item_count() != target_type.item_count()) return false;
        for (std::uint32_t i = 0; i < local_type.item_count(); ++i) {
          if (!match(local.at(local_type.parameter(i)), target.at(target_type.parameter(i)), behind_pointer,
                     level - 1, steps)) {
            return false;
          }
        }
        local.id = local_type.target();
        target.id = target_type.target();
        break;
      default:
        return false;
    }
  }
  refuse_depth();
}

bool compatible(TypeRef local, TypeRef target, int level, Steps& steps) {
  steps.take();
  if (!are_of_one_kind(local.type(), target.type())) return false;
  for (int depth = 0; depth < deepest; ++depth) {
    local = local.resolved();
    target = target.resolved();
    const Type local_type = local.type(), target_type = target.type();
    if (!are_of_one_kind(local_type, target_type)) return false;
    switch (local_type.kind()) {
      case Kind::void_:
      case Kind::struct_:
      case Kind::union_:
      case Kind::enum_:
      case Kind::enum64:
      case Kind::forward:
        return true;
      case Kind::integer:
        return are_whole_integers(local_type, target_type);
      case Kind::pointer:
        local.id = local_type.target();
        target.id = target_type.target();
        break;
      case Kind::array:
        local.id = local_type.array().element;
        target.id = target_type.array().element;
        break;
      case Kind::function_prototype:
        if (local_type.item_count() != target_type.item_count()) return false;
        for (std::uint32_t i = 0; i < local_type.item_count(); ++i) {
          if (level <= 0) refuse_depth();
          if (!compatible(local.at(local_type.parameter(i)).resolved(),
                          target.at(target_type.parameter(i)).resolved(), level - 1, steps)) {
            return false;
          }
        }
        local.id = local_type.target();
        target.id = target_type.target();
        break;
      default:
        return false;
    }
  }
  refuse_depth();
}

}  // namespace

bool are_of_one_kind(Type local, Type target) {
  return local.kind() == target.kind() || (local.is_enum() && target.is_enum());
}

bool fields_are_compatible(TypeRef local, TypeRef target) {
  for (;;) {
    local = local.resolved();
    target = target.resolved();
    const Type local_type = local.type(), target_type = target.type();
    if (local_type.is_record() && target_type.is_record()) return true;
    if (!are_of_one_kind(local_type, target_type)) return false;
    switch (local_type.kind()) {
      case Kind::pointer:
      case Kind::floating:
        return true;
      case Kind::forward:
      case Kind::enum_:
      case Kind::enum64: {
        const std::string_view name = essential(local_type.name()), other = essential(target_type.name());
        return name.empty() || other.empty() || name == other;
      }
      case Kind::integer:
        return are_whole_integers(local_type, target_type);
      case Kind::array:
        local.id = local_type.array().element;
        target.id = target_type.array().element;
        break;
      default:
        return false;
    }
  }
}

bool types_are_compatible(TypeRef local, TypeRef target) {
  Steps steps;
  return compatible(local, target, deepest, steps);
}

bool types_match(TypeRef local, TypeRef target) {
  Steps steps;
  return match(local, target, false, deepest, steps);
}

}  // namespace bpfbuild::core
