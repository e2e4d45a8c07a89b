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
    if (root.fields.all || typedefs_[root.type] == Seen::complete) {
      visit(type, Need::complete);
    } else if (root.fields.chosen.empty()) {
      visit(type, Need::declared);
    } else {
      Fields& fields = selection_.definitions[root.type];
      fields.merge(root.fields);
      follow(type, fields, Need::complete);
    }
  }

  Selection finish() {
    while (!pending_.empty()) {
      const auto [type, need] = pending_.back();
      pending_.pop_back();
      follow(type, Fields::whole(), need);
    }
    return std::move(selection_);
  }

 private:
  enum class Seen : std::uint8_t { no, declared, complete };

  void visit(btf::Type type, Need need) {
    if (type.is_record() && need == Need::complete) {
      Fields& fields = selection_.definitions[type.id()];
      if (fields.all) return;
      fields = Fields::whole();
      pending_.emplace_back(type, need);
    } else if (type.kind() == btf::Kind::typedef_) {
      const Seen seen = need == Need::complete ? Seen::complete : Seen::declared;
      if (typedefs_[type.id()] >= seen) return;
      typedefs_[type.id()] = seen;
      const auto part = selection_.definitions.find(type.id());
      if (part != selection_.definitions.end() && need == Need::complete) part->second = Fields::whole();
      pending_.emplace_back(type, need);
    }
  }

  void follow(btf::Type type, const Fields& fields, Need need) {
    for_each_mention_of_definition(types_, type, fields, need,
                                   [this](btf::Type mentioned, Need needed) { visit(mentioned, needed); });
  }

  const btf::TypeTable& types_;
  std::vector<Seen> typedefs_;
  std::vector<std::pair<btf::Type, Need>>
      pending_;  // a list rather than recursion: chains of types can be long
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
