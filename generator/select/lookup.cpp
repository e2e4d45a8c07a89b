#include "select/lookup.hpp"

#include <algorithm>
#include <iterator>

#include "select/enumerators.hpp"
#include "select/same_name.hpp"
#include "support/error.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::select {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;

class Lookup {
 public:
  Lookup(const btf::TypeTable& types, const TypeSpec& spec, std::string_view source,
         std::string_view how_to_keep)
      : types_(types), spec_(spec), source_(source), how_to_keep_(how_to_keep) {}

  std::vector<Root> run() {
    std::vector<TypeId> found = definitions();
    if (found.empty()) fail_unknown();

    const std::vector<TypeId> typedefs = take_typedefs_of_others(found);
    if (!spec_.mark.empty()) keep_those_with_the_mark(found);
    if (found.size() > 1) keep_those_with_the_fields(found);
    if (found.size() > 1 && !is_pattern(spec_.name)) fail_ambiguous(found);

    std::vector<Root> roots;
    for (const TypeId id : found) add_with_fields(id, roots);
    for (const TypeId id : typedefs) roots.push_back({id, Fields::whole()});
    return roots;
  }

 private:
  [[noreturn]] void fail(std::string what, std::string_view what_to_do = {}) const {
    throw Error(std::move(what), what_to_do).at(format("--type '{}'", spec_.text));
  }

  static bool is_definition(Type type) {
    return type.is_record() || type.kind() == Kind::typedef_ || (type.is_enum() && type.item_count() > 0);
  }

  [[nodiscard]] bool is_of_wanted_kind(Type type) const {
    if (!spec_.kind) return true;
    return *spec_.kind == Kind::enum_ ? type.is_enum() : type.kind() == *spec_.kind;
  }

  [[nodiscard]] std::vector<TypeId> definitions() const {
    const auto is_wanted = [&](TypeId id) {
      return is_definition(types_[id]) && is_of_wanted_kind(types_[id]);
    };
    std::vector<TypeId> ids;
    if (is_pattern(spec_.name)) {
      for (TypeId id = 1; id < types_.id_count(); ++id) {
        if (!types_[id].is_anonymous() && is_wanted(id) && matches(spec_.name, types_[id].name()))
          ids.push_back(id);
      }
    } else {
      const std::vector<TypeId> all = types_.find(spec_.name);
      std::copy_if(all.begin(), all.end(), std::back_inserter(ids), is_wanted);
    }
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

  void keep_those_with_the_mark(std::vector<TypeId>& ids) const {
    const std::vector<TypeId> all = ids;
    ids.erase(
        std::remove_if(ids.begin(), ids.end(), [&](TypeId id) { return !has_mark(types_, id, spec_.mark); }),
        ids.end());
    if (ids.empty()) fail(format("'{}' is no mark of {}", spec_.mark, list(all)), ways_to_choose(all));
  }

  void keep_those_with_the_fields(std::vector<TypeId>& ids) const {
    const auto has_field = [&](Type record, const FieldPath& path) {
      Fields fields;
      std::vector<Root> others;
      return !choose_fields(types_, record, path, fields, others);
    };
    const auto has_fields = [&](TypeId id) {
      const Type record = types_.resolved(id);
      return record.is_record() && std::all_of(spec_.fields.begin(), spec_.fields.end(),
                                               [&](const auto& path) { return has_field(record, path); });
    };
    if (spec_.fields.empty()) return;
    std::vector<TypeId> kept;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(kept), has_fields);
    if (!kept.empty()) ids = kept;
  }

  void add_with_fields(TypeId id, std::vector<Root>& roots) const {
    if (spec_.fields.empty()) return roots.push_back({id, Fields::whole()});

    const Type record = types_.resolved(id);
    if (!record.is_record()) fail(format("{} has no fields", types_.describe(id)));
    Fields fields;
    std::vector<Root> behind_pointers;
    for (const FieldPath& path : spec_.fields) {
      const auto dead_end = choose_fields(types_, record, path, fields, behind_pointers);
      if (dead_end) fail_unknown_field(*dead_end, path);
    }
    roots.push_back({record.is_anonymous() ? id : record.id(), fields});
    if (roots.back().type != id) roots.push_back({id, Fields{}});
    roots.insert(roots.end(), behind_pointers.begin(), behind_pointers.end());
  }

  [[noreturn]] void fail_unknown_field(const DeadEnd& dead_end, const FieldPath& path) const {
    const std::string& missing = path[path.size() - dead_end.names_left];
    const Type type = types_[dead_end.type];
    if (!type.is_record()) {
      fail(format("'{}' is of {}, which has no fields", path[path.size() - dead_end.names_left - 1],
                  types_.describe(type.id())));
    }
    const std::string_view name = type.is_anonymous() ? spec_.name : type.name();
    NearestNames nearest(missing);
    consider_fields(types_, type, nearest);
    fail(format("{} '{}' has no field '{}'", btf::kind_name(type.kind()), name, missing),
         nearest.suggestion());
  }

  [[noreturn]] void fail_unknown() const {
    const std::vector<TypeId> others = types_.find(spec_.name);
    for (const TypeId id : others) {
      const Type type = types_[id];
      if (is_definition(type)) {
        fail(format("no such type in '{}'", source_),
             format("did you mean '{} {}'?", btf::kind_name(type.kind()), spec_.name));
      }
    }
    for (const TypeId id : others) {
      if (types_[id].kind() == Kind::forward || types_[id].is_enum()) {
        fail(format("only declared in '{}', never defined", source_));
      }
    }

    if (is_pattern(spec_.name)) fail(format("no type of '{}' fits", source_));
    NearestNames nearest(spec_.name);
    for (TypeId id = 1; id < types_.id_count(); ++id) {
      if (is_definition(types_[id]) && is_of_wanted_kind(types_[id])) nearest.consider(types_[id].name());
    }
    std::string what_to_do = nearest.suggestion();
    if (what_to_do.empty()) {
      what_to_do =
          how_to_keep_.empty() ? "BTF holds only types that the kernel's own code uses" : how_to_keep_;
    } else if (!how_to_keep_.empty()) {
      // A name that is near may still be another one.
      what_to_do += format(" If not: {}", how_to_keep_);
    }
    fail(format("no such type in '{}'", source_), what_to_do);
  }

  [[noreturn]] void fail_ambiguous(const std::vector<TypeId>& ids) const {
    fail(format("ambiguous in '{}': {}", source_, list(ids)), ways_to_choose(ids));
  }

  /// "struct [4] of 4 bytes, struct [5] of 8 bytes"
  [[nodiscard]] std::string list(const std::vector<TypeId>& ids) const {
    std::string text;
    for (const TypeId id : ids) {
      const auto size = types_.size_of(id);
      text += format("{}{} [{}]", text.empty() ? "" : ", ", btf::kind_name(types_[id].kind()), id);
      if (size) text += format(" of {} bytes", *size);
    }
    return text;
  }

  /// "write 'struct foo' or 'typedef foo'": by kind where that is enough.
  [[nodiscard]] std::string ways_to_choose(const std::vector<TypeId>& ids) const {
    std::vector<std::string> ways;
    for (const TypeId id : ids) {
      std::vector<TypeId> same_kind;
      std::copy_if(ids.begin(), ids.end(), std::back_inserter(same_kind),
                   [&](TypeId other) { return types_[other].kind() == types_[id].kind(); });
      const std::string mark = same_kind.size() > 1 ? mark_of(types_, id, same_kind) : std::string();
      if (same_kind.size() > 1 && mark.empty()) continue;
      ways.push_back(
          format("{} {}{}{}", btf::kind_name(types_[id].kind()), spec_.name, mark.empty() ? "" : "@", mark));
    }
    if (!ways.empty()) return "write " + quoted_alternatives(ways);
    return format("no field and no size tells them apart, and '{}*' takes them all", spec_.name);
  }

  const btf::TypeTable& types_;
  const TypeSpec& spec_;
  std::string_view source_;
  std::string_view how_to_keep_;
};

}  // namespace

std::vector<Root> look_up(const btf::TypeTable& types, const TypeSpec& spec, std::string_view source,
                          std::string_view how_to_keep) {
  if (spec.names_enumerators()) return look_up_enumerators(types, spec, source);
  return Lookup(types, spec, source, how_to_keep).run();
}

}  // namespace bpfbuild::select
