#include "select/kfuncs.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "select/spec.hpp"
#include "support/error.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::select {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;

constexpr std::string_view kfunc_tag = "bpf_kfunc";

class Lookup {
 public:
  Lookup(const btf::TypeTable& types, std::string_view name, std::string_view source)
      : types_(types), name_(name), source_(source) {}

  std::vector<TypeId> run() {
    const std::vector<TypeId> kfuncs = functions_tagged(types_, kfunc_tag);
    if (kfuncs.empty() && is_pattern(name_)) {
      throw fail(format("'{}' does not tell kfuncs from other functions", source_),
                 "name each kfunc, without wildcards");
    }
    const std::vector<TypeId> candidates = kfuncs.empty() ? every_function() : kfuncs;
    std::vector<TypeId> found;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(found),
                 [&](TypeId id) { return matches(name_, types_[id].name()); });
    if (found.empty()) fail_unknown(candidates, !kfuncs.empty());
    if (!is_pattern(name_)) check_single(found);
    return found;
  }

 private:
  [[nodiscard]] Error fail(std::string what, std::string_view what_to_do = {}) const {
    return Error(std::move(what), what_to_do).at(format("--kfunc '{}'", name_));
  }

  [[nodiscard]] std::vector<TypeId> every_function() const {
    std::vector<TypeId> ids;
    for (TypeId id = 1; id < types_.id_count(); ++id) {
      if (types_[id].kind() == Kind::function) ids.push_back(id);
    }
    return ids;
  }

  [[noreturn]] void fail_unknown(const std::vector<TypeId>& candidates, bool are_kfuncs) const {
    if (is_pattern(name_)) throw fail(format("no kfunc of '{}' fits", source_));
    NearestNames nearest(name_);
    for (const TypeId id : candidates) nearest.consider(types_[id].name());
    const std::vector<TypeId> others = types_.find(name_);
    const bool is_function = std::any_of(others.begin(), others.end(),
                                         [&](TypeId id) { return types_[id].kind() == Kind::function; });
    if (is_function) {
      throw fail(format("'{}' has this function, but not as a kfunc: no program can call it", source_),
                 nearest.suggestion());
    }
    throw fail(format("no such {} in '{}'", are_kfuncs ? "kfunc" : "function", source_),
               nearest.suggestion());
  }

  void check_single(const std::vector<TypeId>& ids) const {
    for (const TypeId id : ids) {
      if (types_[id].target() == types_[ids.front()].target()) continue;
      throw fail(format("ambiguous in '{}': {} and {} have different prototypes", source_,
                        types_.describe(ids.front()), types_.describe(id)),
                 "read the kernel or the module that has the right one by itself");
    }
  }

  const btf::TypeTable& types_;
  std::string_view name_;
  std::string_view source_;
};

std::vector<Root> each_name_once(const btf::TypeTable& types, const std::vector<TypeId>& ids) {
  std::vector<Root> roots;
  std::set<std::string_view> names;
  for (const TypeId id : ids) {
    if (names.insert(types[id].name()).second) roots.push_back({id, Fields::whole()});
  }
  return roots;
}

}  // namespace

std::vector<TypeId> functions_tagged(const btf::TypeTable& types, std::string_view tag) {
  std::vector<TypeId> ids;
  for (TypeId id = 1; id < types.id_count(); ++id) {
    if (types.kind_of(id) != Kind::declaration_tag) continue;
    const Type type = types[id];
    if (!type.tags_whole_target() || type.name() != tag) continue;
    if (types.kind_of(type.target()) == Kind::function) ids.push_back(type.target());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<Root> look_up_kfuncs(const btf::TypeTable& types, std::string_view name,
                                 std::string_view source) {
  return each_name_once(types, Lookup(types, name, source).run());
}

std::vector<Root> every_kfunc(const btf::TypeTable& types) {
  return each_name_once(types, functions_tagged(types, kfunc_tag));
}

}  // namespace bpfbuild::select
