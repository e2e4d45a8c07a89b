/// Loops among types.
///
/// Types form a graph that is full of legitimate loops: a list's node holds a pointer to a node. Two ways of
/// walking it must end nonetheless:
///
/// - by value, from a record to its members and from an array to its elements, or a type would contain
/// itself;
/// - by spelling, through pointers, modifiers, typedefs, arrays, function prototypes and the bodies of
/// anonymous
///   records, all of which are written out where they are used. A record with a name ends this walk: its name
///   is all that is written.
///
/// Each walk visits every type once, depth first, and keeps how deep the types below it nest. A limit on that
/// depth bounds the stack of this and of every later walk.
#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "btf/check.hpp"
#include "support/error.hpp"

namespace bpfbuild::btf {

namespace {

enum class Walk { by_value, by_spelling };

template <Walk walk>
class NestingCheck {
 public:
  explicit NestingCheck(const TypeTable& types) : types_(types), depths_(types.id_count(), unvisited) {}

  void run() {
    for (TypeId id = 1; id < types_.id_count(); ++id) visit(id, 0);
  }

 private:
  static constexpr std::uint8_t unvisited = 0;
  static constexpr std::uint8_t in_progress = 255;
  static_assert(deepest_nesting < in_progress);

  /// The depth of the type: 1 when it leads nowhere.
  int visit(TypeId id, int level) {
    const std::uint8_t known = depths_[id];
    if (known != unvisited && known != in_progress) return known;
    if (known == in_progress) throw Error(loop_message).at(types_.describe(id));
    if (level > deepest_nesting) fail_too_deep(id);

    depths_[id] = in_progress;
    const int depth = 1 + depth_below(types_[id], level + 1);
    if (depth > deepest_nesting) fail_too_deep(id);
    depths_[id] = static_cast<std::uint8_t>(depth);
    return depth;
  }

  int depth_below(Type type, int level) {
    switch (type.kind()) {
      case Kind::typedef_:
      case Kind::volatile_:
      case Kind::const_:
      case Kind::restrict_:
      case Kind::type_tag:
        return visit(type.target(), level);
      case Kind::array:
        return visit(type.array().element, level);
      case Kind::pointer:
        return walk == Walk::by_spelling ? visit(type.target(), level) : 0;
      case Kind::function_prototype:
        return walk == Walk::by_spelling ? depth_below_prototype(type, level) : 0;
      case Kind::struct_:
      case Kind::union_:
        return walk == Walk::by_value || type.name().empty() ? depth_below_record(type, level) : 0;
      default:
        return 0;
    }
  }

  int depth_below_record(Type type, int level) {
    int depth = 0;
    const std::uint32_t* item = type.items();
    for (std::uint32_t i = 0; i < type.item_count(); ++i, item += 3) {
      depth = std::max(depth, visit(item[1], level));
    }
    return depth;
  }

  int depth_below_prototype(Type type, int level) {
    int depth = visit(type.target(), level);
    for (std::uint32_t i = 0; i < type.item_count(); ++i) {
      depth = std::max(depth, visit(type.parameter(i), level));
    }
    return depth;
  }

  [[noreturn]] void fail_too_deep(TypeId id) const {
    throw Error(fmt::format("nests more than {} types deep", deepest_nesting)).at(types_.describe(id));
  }

  static constexpr const char* loop_message =
      walk == Walk::by_value ? "contains itself" : "is spelled in terms of itself";

  const TypeTable& types_;
  std::vector<std::uint8_t> depths_;
};

}  // namespace

void check_nesting(const TypeTable& types) {
  NestingCheck<Walk::by_value>(types).run();
  NestingCheck<Walk::by_spelling>(types).run();
}

}  // namespace bpfbuild::btf
