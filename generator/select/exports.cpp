#include "select/exports.hpp"

#include "select/lookup.hpp"
#include "select/spec.hpp"
#include "support/error.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::select {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;

constexpr std::string_view maps_section = ".maps";

/// Calls visit(section name, variable) for each global variable; maps are some of them.
template <class Visit>
void for_each_variable(const btf::TypeTable& types, Visit&& visit) {
  for (TypeId id = 1; id < types.id_count(); ++id) {
    const Type section = types[id];
    if (section.kind() != Kind::data_section) continue;
    for (std::uint32_t i = 0; i < section.item_count(); ++i) {
      const Type variable = types[section.items()[3 * i]];
      if (variable.kind() == Kind::variable) visit(section.name(), variable);
    }
  }
}

class ExportLookup {
 public:
  ExportLookup(const btf::TypeTable& types, std::string_view text, std::string_view source)
      : types_(types), text_(text), source_(source) {}

  std::vector<Export> maps(std::string_view wanted) {
    find(
        "map", wanted, [&](bool in_maps) { return in_maps; }, [&](Type map) { add_map(map, wanted); });
    return std::move(found_);
  }

  std::vector<Export> variables(std::string_view wanted) {
    find(
        "variable", wanted, [&](bool in_maps) { return !in_maps; },
        [&](Type variable) {
          found_.push_back({variable.target(), format("{}_type", variable.name())});
        });
    return std::move(found_);
  }

 private:
  [[noreturn]] void fail(std::string what, std::string_view what_to_do = {}) const {
    throw Error(std::move(what), what_to_do).at(format("--type '{}'", text_));
  }

  template <class IsWanted, class Add>
  void find(std::string_view what, std::string_view wanted, IsWanted&& is_wanted, Add&& add) {
    NearestNames nearest(wanted);
    bool any = false;
    for_each_variable(types_, [&](std::string_view section, Type variable) {
      // The license and the kernel version are for the loader alone.
      if (!is_wanted(section == maps_section) || section == "license" || section == "version") return;
      nearest.consider(variable.name());
      if (!matches(wanted, variable.name())) return;
      any = true;
      add(variable);
    });
    if (!any) fail(format("no such {} in '{}'", what, source_), nearest.suggestion());
  }

  /// A map is a struct whose members `key` and `value` point to the types.
  void add_map(Type map, std::string_view wanted) {
    const Type definition = types_.resolved(map.target());
    const std::size_t before = found_.size();
    for (std::uint32_t i = 0; definition.is_record() && i < definition.item_count(); ++i) {
      const btf::Member member = definition.member(i);
      if (member.name != "key" && member.name != "value") continue;
      const Type pointer = types_.resolved(member.type);
      if (pointer.kind() != Kind::pointer || !types_.size_of(pointer.target())) continue;
      found_.push_back({pointer.target(), format("{}_{}", map.name(), member.name)});
    }
    if (found_.size() == before && !is_pattern(wanted)) {
      fail(format("map '{}' has no types of key and value", map.name()),
           "say them with __type(key, ...) and __type(value, ...), or name the types that it carries");
    }
  }

  const btf::TypeTable& types_;
  std::string_view text_;
  std::string_view source_;
  std::vector<Export> found_;
};

/// What comes behind a prefix; nothing without it.
std::optional<std::string_view> behind(std::string_view text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return std::nullopt;
  return text.substr(prefix.size());
}

}  // namespace

std::vector<Export> look_up_exports(const btf::TypeTable& types, std::string_view text,
                                    std::string_view source) {
  if (const auto name = behind(text, "map:")) return ExportLookup(types, text, source).maps(*name);
  if (const auto name = behind(text, "variable:")) return ExportLookup(types, text, source).variables(*name);

  const TypeSpec spec = parse_type_spec(text);
  if (!spec.fields.empty() && !spec.names_enumerators()) {
    throw Error::usage("types are shared whole", format("name just '{}'", spec.name))
        .at(format("--type '{}'", text));
  }
  const std::string how_to_keep = format(
      "the compiler keeps types that the code uses: keep it by a global pointer, "
      "'struct {} *unused __attribute__((unused));', or as the key or value of a map",
      spec.name);
  std::vector<Export> exports;
  for (const Root& root : look_up(types, spec, source, how_to_keep)) exports.push_back({root.type, {}});
  return exports;
}

}  // namespace bpfbuild::select
