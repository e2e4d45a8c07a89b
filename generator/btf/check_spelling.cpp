/// The walk by spelling: whether each type can be written down at all, and all of them at a length in
/// proportion to the BTF. What has no name is spelled wherever it is used, so that a few types which use each
/// other twice could take a million words.
#include <algorithm>
#include <limits>
#include <vector>

#include "btf/check.hpp"
#include "support/error.hpp"

namespace bpfbuild::btf {

namespace {

/// Calls visit(TypeId) for each type that the definition of this one mentions. For a record that is a member
/// without a name, whose members are written in its place, calls visit_record(TypeId).
template <class Visit, class VisitRecord>
void for_each_part(const TypeTable& types, const Type& type, Visit&& visit, VisitRecord&& visit_record) {
  switch (type.kind()) {
    case Kind::pointer:
    case Kind::typedef_:
    case Kind::volatile_:
    case Kind::const_:
    case Kind::restrict_:
    case Kind::type_tag:
      return visit(type.target());
    case Kind::array:
      return visit(type.array().element);
    case Kind::function_prototype:
      visit(type.target());
      for (std::uint32_t i = 0; i < type.item_count(); ++i) visit(type.parameter(i));
      return;
    case Kind::struct_:
    case Kind::union_:
      for (std::uint32_t i = 0; i < type.item_count(); ++i) {
        const TypeId member = type.member_type(i);
        if (type.is_member_anonymous(i) && types.resolved(member).is_record()) {
          visit_record(types.resolved(member).id());
        } else {
          visit(member);
        }
      }
      return;
    default:
      return;
  }
}

/// A type that is defined by itself, and elsewhere just named.
bool has_name(const Type& type) {
  return type.kind() == Kind::typedef_ || (type.is_record() && !type.is_anonymous());
}

class SpellingWalk {
 public:
  explicit SpellingWalk(const TypeTable& types)
      : types_(types), depths_(types.id_count()), lengths_(types.id_count()) {
    depths_[0] = lengths_[0] = 1;
  }

  void run() {
    std::uint64_t words = 0;
    for (TypeId id = 1; id < types_.id_count(); ++id) {
      visit(id, 0);
      if (has_name(types_[id])) words += lengths_[id];
      if (words > 16 * words_apart_ + (1 << 20)) {
        throw Error("takes too many words to be written, with the types before it").at(types_.describe(id));
      }
    }
  }

 private:
  Depth visit(TypeId id, int level) {
    Depth& known = depths_[id];
    if (is_known(known)) return known;
    const Type type = types_[id];
    if (known == in_progress) throw Error("is spelled in terms of itself").at(types_.describe(id));
    if (level > deepest_nesting) throw Error(too_deep).at(types_.describe(id));

    known = in_progress;
    int depth = 1;
    std::uint64_t length = 1;
    const auto spell = [&](TypeId part) {
      depth = std::max(depth, 1 + visit(part, level + 1));
      length += lengths_[part];
    };
    const auto mention = [&](TypeId part) {
      ++words_apart_;
      if (!has_name(types_[part])) return spell(part);
      ++length;
      if (types_[part].kind() == Kind::typedef_) depth = std::max(depth, 1 + visit(part, level + 1));
    };
    for_each_part(types_, type, mention, spell);
    if (depth > deepest_nesting) throw Error(too_deep).at(types_.describe(id));

    if (type.is_enum()) length += type.item_count();
    lengths_[id] = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(length, std::numeric_limits<std::uint32_t>::max()));
    known = static_cast<Depth>(depth);
    return known;
  }

  const TypeTable& types_;
  std::vector<Depth> depths_;
  std::vector<std::uint32_t> lengths_;  // of each definition, in words
  std::uint64_t words_apart_ = 0;       // what all would take if each type were spelled just once
};

}  // namespace

void check_spelling(const TypeTable& types) { SpellingWalk(types).run(); }

}  // namespace bpfbuild::btf
