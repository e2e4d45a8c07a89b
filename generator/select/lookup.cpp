#include "select/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "support/error.hpp"
#include "support/text.hpp"

namespace bpfbuild::select {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;

class Lookup {
 public:
  Lookup(const btf::TypeTable& types, const TypeSpec& spec, std::string_view source)
      : types_(types), spec_(spec), source_(source) {}

  std::vector<Root> run() {
    std::vector<TypeId> found = definitions();
    if (found.empty()) fail_unknown();

    const std::vector<TypeId> typedefs = take_typedefs_of_others(found);
    if (found.size() > 1) keep_those_with_the_fields(found);
    if (found.size() > 1) fail_ambiguous(found);

    std::vector<Root> roots = with_fields(found.front());
    for (const TypeId id : typedefs) roots.push_back({id, Fields::whole()});
    return roots;
  }

 private:
  [[noreturn]] void fail(std::string what, std::string_view what_to_do = {}) const {
    throw Error(std::move(what), what_to_do).at(fmt::format("--type '{}'", spec_.text));
  }

  static bool is_definition(Type type) {
    return type.is_record() || type.kind() == Kind::typedef_ || (type.is_enum() && type.item_count() > 0);
  }

  [[nodiscard]] bool is_of_wanted_kind(Type type) const {
    if (!spec_.kind) return true;
    return *spec_.kind == Kind::enum_ ? type.is_enum() : type.kind() == *spec_.kind;
  }

  [[nodiscard]] std::vector<TypeId> definitions() const {
    std::vector<TypeId> ids = types_.find(spec_.name);
    const auto is_other = [&](TypeId id) {
      return !is_definition(types_[id]) || !is_of_wanted_kind(types_[id]);
    };
    ids.erase(std::remove_if(ids.begin(), ids.end(), is_other), ids.end());
    return ids;
  }

  /// `typedef struct foo foo`: both names mean the same type.
  std::vector<TypeId> take_typedefs_of_others(std::vector<TypeId>& ids) const {
    const std::vector<TypeId> all = ids;
    std::vector<TypeId> taken;
    const auto names_another = [&](TypeId id) {
      if (types_[id].kind() != Kind::typedef_) return false;
      const TypeId behind = types_.without_modifiers(types_[id].target()).id();
      return std::find(all.begin(), all.end(), behind) != all.end();
    };
    for (const TypeId id : all) {
      if (names_another(id)) taken.push_back(id);
    }
    ids.erase(std::remove_if(ids.begin(), ids.end(), names_another), ids.end());
    return taken;
  }

  void keep_those_with_the_fields(std::vector<TypeId>& ids) const {
    if (spec_.fields.empty()) return;
    const auto lacks_fields = [&](TypeId id) {
      const Type record = types_.resolved(id);
      Fields ignored;
      return !record.is_record() ||
             !std::all_of(spec_.fields.begin(), spec_.fields.end(),
                          [&](const auto& name) { return choose_field(types_, record, name, ignored); });
    };
    std::vector<TypeId> kept = ids;
    kept.erase(std::remove_if(kept.begin(), kept.end(), lacks_fields), kept.end());
    if (!kept.empty()) ids = kept;
  }

  [[nodiscard]] std::vector<Root> with_fields(TypeId id) const {
    if (spec_.fields.empty()) return {{id, Fields::whole()}};

    const Type record = types_.resolved(id);
    if (!record.is_record()) fail(fmt::format("{} has no fields", types_.describe(id)));
    Fields fields;
    for (const std::string& name : spec_.fields) {
      if (!choose_field(types_, record, name, fields)) fail_unknown_field(record, name);
    }
    if (record.id() == id) return {{id, fields}};
    if (record.is_anonymous()) return {{id, fields}};
    return {{record.id(), fields}, {id, Fields{}}};
  }

  [[noreturn]] void fail_unknown_field(Type record, std::string_view name) const {
    NearestNames nearest(name);
    consider_fields(types_, record, nearest);
    fail(fmt::format("{} '{}' has no field '{}'", btf::kind_name(record.kind()), spec_.name, name),
         nearest.suggestion());
  }

  [[noreturn]] void fail_unknown() const {
    const std::vector<TypeId> others = types_.find(spec_.name);
    for (const TypeId id : others) {
      const Type type = types_[id];
      if (is_definition(type)) {
        fail(fmt::format("no such type in '{}'", source_),
             fmt::format("did you mean '{} {}'?", btf::kind_name(type.kind()), spec_.name));
      }
    }
    for (const TypeId id : others) {
      if (types_[id].kind() == Kind::forward || types_[id].is_enum()) {
        fail(fmt::format("only declared in '{}', never defined", source_));
      }
    }

    NearestNames nearest(spec_.name);
    for (TypeId id = 1; id < types_.id_count(); ++id) {
      if (is_definition(types_[id]) && is_of_wanted_kind(types_[id])) nearest.consider(types_[id].name());
    }
    const std::string suggestion = nearest.suggestion();
    fail(fmt::format("no such type in '{}'", source_),
         suggestion.empty() ? "BTF holds only types that the kernel's own code uses" : suggestion);
  }

  [[noreturn]] void fail_ambiguous(const std::vector<TypeId>& ids) const {
    std::string list;
    std::set<std::string> ways_to_write;
    for (const TypeId id : ids) {
      const Type type = types_[id];
      const std::string_view kind = btf::kind_name(type.kind());
      const auto size = types_.size_of(id);
      list += fmt::format("{}{} [{}]", list.empty() ? "" : ", ", kind, id);
      if (size) list += fmt::format(" of {} bytes", *size);
      ways_to_write.insert(fmt::format("{} {}", kind, spec_.name));
    }
    const bool kinds_differ = ways_to_write.size() == ids.size();
    const std::string what_to_do =
        kinds_differ
            ? fmt::format("write {}", quoted_alternatives({ways_to_write.begin(), ways_to_write.end()}))
            : fmt::format("name fields that only one of them has, as in '{}:FIELD,...'",
                          *ways_to_write.begin());
    fail(fmt::format("ambiguous in '{}': {}", source_, list), what_to_do);
  }

  const btf::TypeTable& types_;
  const TypeSpec& spec_;
  std::string_view source_;
};

}  // namespace

std::vector<Root> look_up(const btf::TypeTable& types, const TypeSpec& spec, std::string_view source) {
  return Lookup(types, spec, source).run();
}

}  // namespace bpfbuild::select
