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

class SpellingWalk {
 public:
  explicit SpellingWalk(const TypeTable& types)
      : types_(types), has_name_(types.id_count()), depths_(types.id_count()), lengths_(types.id_count()) {
    depths_[0] = lengths_[0] = 1;
    for (TypeId id = 1; id < types.id_count(); ++id) {
      const Kind kind = types.kind_of(id);
      has_name_[id] = kind == Kind::typedef_ ||
                      ((kind == Kind::struct_ || kind == Kind::union_) && !types[id].is_anonymous());
    }
  }

  void run() {
    std::uint64_t words = 0;
    for (TypeId id = 1; id < types_.id_count(); ++id) {
      if (types_.kind_of(id) == Kind::function) continue;
      depth_of(id, 0);
      if (has_name_[id]) words += lengths_[id];
      if (words > 16 * words_apart_ + (1 << 20)) {
        throw Error("takes too many words to be written, with the types before it").at(types_.describe(id));
      }
    }
  }

 private:
  int depth_of(TypeId id, int level) { return is_known(depths_[id]) ? depths_[id] : visit(id, level); }

  int visit(TypeId id, int level) {
    Depth& known = depths_[id];
    const Type type = types_[id];
    if (known == in_progress) throw Error("is spelled in terms of itself").at(types_.describe(id));
    if (level > deepest_nesting) throw Error(too_deep).at(types_.describe(id));

    known = in_progress;
    int depth = 1;
    std::uint64_t length = type.is_enum() ? 1 + type.item_count() : 1;
    const auto spell = [&](TypeId part) {
      depth = std::max(depth, 1 + depth_of(part, level + 1));
      length += lengths_[part];
    };
    const auto mention = [&](TypeId part) {
      ++words_apart_;
      if (!has_name_[part]) return spell(part);
      ++length;
      if (types_.kind_of(part) == Kind::typedef_) depth = std::max(depth, 1 + depth_of(part, level + 1));
    };
    for_each_part(types_, type, mention, spell);
    if (depth > deepest_nesting) throw Error(too_deep).at(types_.describe(id));

    lengths_[id] = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(length, std::numeric_limits<std::uint32_t>::max()));
    known = static_cast<Depth>(depth);
    return depth;
  }

  const TypeTable& types_;
  std::vector<char> has_name_;  // those that are defined by themselves, and elsewhere just named
  std::vector<Depth> depths_;
  std::vector<std::uint32_t> lengths_;  // of each definition, in words
  std::uint64_t words_apart_ = 0;       // what all would take if each type were spelled just once
};

}  // namespace

void check_spelling(const TypeTable& types) { SpellingWalk(types).run(); }

}  // namespace bpfbuild::btf
