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

class SpellingWalk {
 public:
  explicit SpellingWalk(const TypeTable& types)
      : types_(types), depths_(types.id_count()), lengths_(types.id_count()) {
    depths_[0] = lengths_[0] = 1;
  }

  void run() {
    std::uint64_t words = 0;
    for (TypeId id = 1; id < types_.id_count(); ++id) {
      if (types_.kind_of(id) == Kind::function) continue;
      depth_of(id, 0);
      if (has_name(id)) words += lengths_[id];
      if (words > 16 * words_apart_ + (1 << 20)) {
        throw Error("takes too many words to be written, with the types before it").at(types_.describe(id));
      }
    }
  }

 private:
  /// Whether a type is defined by itself, and elsewhere just named.
  [[nodiscard]] bool has_name(TypeId id) const {
    const Kind kind = types_.kind_of(id);
    return kind == Kind::typedef_ ||
           ((kind == Kind::struct_ || kind == Kind::union_) && !types_[id].is_anonymous());
  }

  int depth_of(TypeId id, int level) { return is_known(depths_[id]) ? depths_[id] : visit(id, level); }

  int visit(TypeId id, int level) {
    Depth& known = depths_[id];
    const Type type = types_[id];
    if (known == in_progress) throw Error("is spelled in terms of itself").at(types_.describe(id));
    if (level > deepest_nesting) throw Error(too_deep).at(types_.describe(id));

    known = in_progress;
    Spelling spelling;
    switch (type.kind()) {
      case Kind::pointer:
      case Kind::typedef_:
      case Kind::volatile_:
      case Kind::const_:
      case Kind::restrict_:
      case Kind::type_tag:
        mention(type.target(), level, spelling);
        break;
      case Kind::array:
        mention(type.array().element, level, spelling);
        break;
      case Kind::function_prototype:
        mention(type.target(), level, spelling);
        for (std::uint32_t i = 0; i < type.item_count(); ++i) mention(type.parameter(i), level, spelling);
        break;
      case Kind::struct_:
      case Kind::union_:
        for (std::uint32_t i = 0; i < type.item_count(); ++i) mention_member(type, i, level, spelling);
        break;
      case Kind::enum_:
      case Kind::enum64:
        spelling.words += type.item_count();
        break;
      default:
        break;
    }
    if (spelling.depth > deepest_nesting) throw Error(too_deep).at(types_.describe(id));

    lengths_[id] = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(spelling.words, std::numeric_limits<std::uint32_t>::max()));
    known = static_cast<Depth>(spelling.depth);
    return spelling.depth;
  }

  /// Of a type so far.
  struct Spelling {
    int depth = 1;
    std::uint64_t words = 1;
  };

  /// A type in the definition of another one. Inline, for there are hundreds of thousands of them.
  [[gnu::always_inline]] void mention(TypeId part, int level, Spelling& spelling) {
    ++words_apart_;
    if (!has_name(part)) return spell(part, level, spelling);
    ++spelling.words;
    if (types_.kind_of(part) == Kind::typedef_) {
      spelling.depth = std::max(spelling.depth, 1 + depth_of(part, level + 1));
    }
  }

  void spell(TypeId part, int level, Spelling& spelling) {
    spelling.depth = std::max(spelling.depth, 1 + depth_of(part, level + 1));
    spelling.words += lengths_[part];
  }

  /// In the place of a record without a name stand its members.
  [[gnu::always_inline]] void mention_member(const Type& record, std::uint32_t index, int level,
                                             Spelling& spelling) {
    const TypeId member = record.member_type(index);
    if (record.is_member_anonymous(index) && types_.resolved(member).is_record()) {
      spell(types_.resolved(member).id(), level, spelling);
    } else {
      mention(member, level, spelling);
    }
  }

  const TypeTable& types_;
  std::vector<Depth> depths_;
  std::vector<std::uint32_t> lengths_;  // of each definition, in words
  std::uint64_t words_apart_ = 0;       // what all would take if each type were spelled just once
};

}  // namespace

void check_spelling(const TypeTable& types) { SpellingWalk(types).run(); }

}  // namespace bpfbuild::btf
