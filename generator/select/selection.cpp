#include "select/selection.hpp"

#include <algorithm>
#include <utility>

#include "select/mentions.hpp"

namespace bpfbuild::select {

namespace {

class Closure {
 public:
  explicit Closure(const btf::TypeTable& types) : types_(types), typedefs_(types.id_count(), Seen::no) {}

  void add(const Root& root) {
    auto& roots = selection_.roots;
    if (std::find(roots.begin(), roots.end(), root.type) == roots.end()) roots.push_back(root.type);

    const btf::Type type = types_[root.type];
    if (root.fields.all || !root.fields.chosen.empty()) {
      visit(type, Need::complete, root.fields);
    } else {
      visit(type, Need::declared, Fields::whole());
    }
  }

  Selection finish() {
    while (!pending_.empty()) {
      const Mention mention = std::move(pending_.back());
      pending_.pop_back();
      follow(mention.type, mention.fields, mention.need);
    }
    return std::move(selection_);
  }

 private:
  enum class Seen : std::uint8_t { no, declared, complete };

  struct Mention {
    btf::Type type;
    Need need;
    Fields fields;
  };

  void visit(btf::Type type, Need need, const Fields& fields) {
    if (type.is_record() && need == Need::complete) {
      Fields& known = selection_.definitions[type.id()];
      if (known.all) return;
      known.merge(fields);
      pending_.push_back({type, need, fields});
    } else if (type.kind() == btf::Kind::typedef_ && fields.all) {
      const Seen seen = need == Need::complete ? Seen::complete : Seen::declared;
      if (typedefs_[type.id()] >= seen) return;
      typedefs_[type.id()] = seen;
      const auto part = selection_.definitions.find(type.id());
      if (part != selection_.definitions.end() && need == Need::complete) part->second = Fields::whole();
      pending_.push_back({type, need, fields});
    } else if (type.kind() == btf::Kind::typedef_ && typedefs_[type.id()] != Seen::complete) {
      if (spelled_record(types_, type.target())) selection_.definitions[type.id()].merge(fields);
      pending_.push_back({type, need, fields});
    }
  }

  void follow(btf::Type type, const Fields& fields, Need need) {
    for_each_mention_of_definition(
        types_, type, fields, need,
        [this](btf::Type mentioned, Need needed, const Fields& wanted) { visit(mentioned, needed, wanted); });
  }

  const btf::TypeTable& types_;
  std::vector<Seen> typedefs_;
  std::vector<Mention> pending_;  // a list rather than recursion: chains of types can be long
  Selection selection_;
};

}  // namespace

Fields Selection::fields_of(btf::TypeId id) const {
  const auto found = definitions.find(id);
  return found == definitions.end() ? Fields::whole() : found->second;
}

Selection close_by_value(const btf::TypeTable& types, const std::vector<Root>& roots) {
  Closure closure(types);
  for (const Root& root : roots) closure.add(root);
  return closure.finish();
}

}  // namespace bpfbuild::select
