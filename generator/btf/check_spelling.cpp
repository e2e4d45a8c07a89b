/// The walk by spelling: whether each type can be written down at all.
#include <algorithm>
#include <vector>

#include "btf/check.hpp"
#include "support/error.hpp"

namespace bpfbuild::btf {

namespace {

class SpellingWalk {
 public:
  explicit SpellingWalk(const TypeTable& types) : types_(types), depths_(types.id_count()) { depths_[0] = 1; }

  void run() {
    for (TypeId id = 1; id < types_.id_count(); ++id) visit(id, 0);
  }

 private:
  Depth visit(TypeId id, int level) {
    Depth& known = depths_[id];
    if (is_known(known)) return known;
    if (known == in_progress) throw Error("is spelled in terms of itself").at(types_.describe(id));
    if (level > deepest_nesting) throw Error(too_deep).at(types_.describe(id));

    known = in_progress;
    const int depth = 1 + depth_below(types_[id], level + 1);
    if (depth > deepest_nesting) throw Error(too_deep).at(types_.describe(id));
    known = static_cast<Depth>(depth);
    return known;
  }

  int depth_below(const Type& type, int level) {
    switch (type.kind()) {
      case Kind::pointer:
      case Kind::typedef_:
      case Kind::volatile_:
      case Kind::const_:
      case Kind::restrict_:
      case Kind::type_tag:
        return visit(type.target(), level);
      case Kind::array:
        return visit(type.array().element, level);
      case Kind::function_prototype: {
        Depth depth = visit(type.target(), level);
        for (std::uint32_t i = 0; i < type.item_count(); ++i)
          depth = std::max(depth, visit(type.parameter(i), level));
        return depth;
      }
      case Kind::struct_:
      case Kind::union_: {
        Depth depth = 0;
        if (!type.is_anonymous()) return depth;
        for (std::uint32_t i = 0; i < type.item_count(); ++i) {
          depth = std::max(depth, visit(type.items()[3 * i + 1], level));
        }
        return depth;
      }
      default:
        return 0;
    }
  }

  const TypeTable& types_;
  std::vector<Depth> depths_;
};

}  // namespace

void check_spelling(const TypeTable& types) { SpellingWalk(types).run(); }

}  // namespace bpfbuild::btf
