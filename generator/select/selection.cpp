#include "select/selection.hpp"

#include <utility>

#include "select/kfuncs.hpp"
#include "select/mentions.hpp"

namespace bpfbuild::select {

class Closing {
 public:
  Closing(const btf::TypeTable& types, Closure closure)
      : types_(types), closure_(closure), selection_(types), typedefs_(types.id_count(), Seen::no) {
    is_root_.resize(types.id_count());
    is_in_prototype_.resize(types.id_count());
  }

  Selection run(const std::vector<Root>& roots) {
    for (const Root& root : roots) add_root(root.type);
    for (const Root& root : roots) {
      is_exact_ = root.is_exact;
      visit_root(root);
      visit_pending();
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

  void visit_root(const Root& root) {
    if (types_[root.type].kind() == btf::Kind::function) {
      visit_prototype(types_[root.type]);
    } else if (root.complete || root.fields.all || !root.fields.chosen.empty()) {
      visit(types_[root.type], Need::complete, root.fields);
    } else {
      const bool is_enum = types_.resolved(root.type).is_enum();
      visit(types_[root.type], Need::declared, is_enum && is_exact_ ? Fields{} : Fields::whole());
    }
  }

  void visit_pending() {
    while (!pending_.empty()) {
      const Mention mention = std::move(pending_.back());
      pending_.pop_back();
      for_each_mention_of_definition(
          types_, mention.type, mention.fields, mention.need,
          [&](btf::Type type, Need need, const Fields& fields) { follow(mention, type, need, fields); });
    }
  }

  void add_root(btf::TypeId id) {
    if (is_root_[id]) return;
    is_root_[id] = true;
    selection_.roots.push_back(id);
  }

  /// Visits what a definition mentions, as far as the closure goes.
  void follow(const Mention& from, btf::Type type, Need need, const Fields& fields) {
    if (closure_ == Closure::pointer && from.fields.all && need == Need::declared && type.is_record()) {
      add_root(type.id());
      need = Need::complete;
    }
    if (closure_ == Closure::fields && need == Need::complete && fields.all && type.is_record()) {
      embed_opaque(type);
    } else if (type.is_enum() && is_exact_ && !from.fields.all) {
      visit(type, need, Fields{});
    } else {
      visit(type, need, fields);
    }
  }

  void embed_opaque(btf::Type record) {
    Extent& extent = selection_.extents_[record.id()];
    if (extent == Extent::none) extent = Extent::opaque;
    if (extent == Extent::part) visit(record, Need::complete, Fields::whole());
  }

  void visit(btf::Type type, Need need, const Fields& fields) {
    if (type.is_record()) {
      if (need == Need::complete) define(type, fields);
    } else if (type.kind() == btf::Kind::typedef_) {
      visit_typedef(type, need, fields);
    } else if (type.is_enum()) {
      extend(type, fields);
    }
  }

  void visit_prototype(btf::Type type) {
    for_each_mention_of_definition(
        types_, type, Fields::whole(), Need::declared,
        [&](btf::Type mentioned, Need need, const Fields&) { visit_in_prototype(mentioned, need); });
  }

  /// libbpf follows the prototype of a kfunc down to the records, and takes a declared one for another than
  /// the kernel's: so each is defined, if only without fields.
  void visit_in_prototype(btf::Type type, Need need) {
    if (type.is_record()) {
      const bool whole = need == Need::complete || closure_ == Closure::pointer;
      add_root(type.id());
      define(type, whole ? Fields::whole() : Fields{});
    } else if (type.kind() == btf::Kind::typedef_) {
      visit_typedef(type, need, Fields::whole());
      if (is_in_prototype_[type.id()]) return;
      is_in_prototype_[type.id()] = true;
      visit_prototype(type);
    }
  }

  void define(btf::Type record, const Fields& fields) {
    const Extent extent = selection_.extents_[record.id()];
    if (extent == Extent::whole) return;
    // What has its exact size for a type around it cannot lose that.
    const Fields& wanted = extent == Extent::opaque ? Fields::whole() : fields;
    extend(record, wanted);
    pending_.push_back({record, Need::complete, wanted});
  }

  /// Makes so much of a type, at least, be written.
  void extend(btf::Type type, const Fields& fields) {
    Extent& extent = selection_.extents_[type.id()];
    if (extent == Extent::whole) return;
    extent = fields.all ? Extent::whole : Extent::part;
    if (!fields.all) selection_.partial_[type.id()].merge(fields);
  }

  void visit_typedef(btf::Type type, Need need, const Fields& fields) {
    Seen& seen = typedefs_[type.id()];
    if (fields.all) {
      const Seen now = need == Need::complete ? Seen::complete : Seen::declared;
      if (seen >= now) return;
      seen = now;
      if (need == Need::complete) selection_.extents_[type.id()] = Extent::none;
    } else {
      if (seen == Seen::complete) return;
      if (spelled_type(types_, type.target())) extend(type, fields);
    }
    pending_.push_back({type, need, fields});
  }

  const btf::TypeTable& types_;
  const Closure closure_;
  bool is_exact_ = false;  // of the root that is being visited
  Selection selection_;
  std::vector<Seen> typedefs_;
  std::vector<bool> is_root_;
  std::vector<bool> is_in_prototype_;  // typedefs
  std::vector<Mention> pending_;       // a list rather than recursion: chains of types can be long
};

const Fields& Selection::fields_of(btf::TypeId id) const {
  return extents_[id] == Extent::part ? partial_.at(id) : Fields::whole();
}

Selection close(const btf::TypeTable& types, const std::vector<Root>& roots, Closure closure) {
  return Closing(types, closure).run(roots);
}

namespace {

template <class Visit>
void for_each_definition(const btf::TypeTable& types, Visit&& visit) {
  std::vector<char> is_spelled(types.id_count());
  for (btf::TypeId id = 1; id < types.id_count(); ++id) {
    if (types.kind_of(id) == btf::Kind::function) continue;
    for_each_reference(types[id], [&](btf::TypeId to) { is_spelled[to] = true; });
  }
  for (btf::TypeId id = 1; id < types.id_count(); ++id) {
    switch (types.kind_of(id)) {
      case btf::Kind::struct_:
      case btf::Kind::union_:
      case btf::Kind::typedef_:
        if (!types[id].is_anonymous()) visit(types[id]);
        break;
      case btf::Kind::enum_:
      case btf::Kind::enum64:
        if (types[id].item_count() > 0 && (!types[id].is_anonymous() || !is_spelled[id])) visit(types[id]);
        break;
      default:
        break;
    }
  }
}

}  // namespace

std::vector<Root> every_type(const btf::TypeTable& types) {
  std::vector<Root> roots;
  for_each_definition(types, [&](btf::Type type) { roots.push_back({type.id(), Fields::whole()}); });
  return roots;
}

Selection everything(const btf::TypeTable& types) {
  Selection selection(types);
  for_each_definition(types, [&](btf::Type type) {
    selection.roots.push_back(type.id());
    if (type.is_record() || type.is_enum()) selection.extents_[type.id()] = Extent::whole;
  });
  for (const Root& kfunc : every_kfunc(types)) selection.roots.push_back(kfunc.type);
  return selection;
}

}  // namespace bpfbuild::select
