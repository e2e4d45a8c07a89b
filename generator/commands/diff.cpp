#include "commands/diff.hpp"

#include <algorithm>
#include <set>

#include "btf/sources.hpp"
#include "commands/report.hpp"
#include "compare/difference.hpp"
#include "select/lookup.hpp"
#include "select/selection.hpp"
#include "select/spec.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/privileges.hpp"
#include "support/text.hpp"

namespace bpfbuild::commands {

namespace {

using btf::TypeId;
using compare::Change;
using compare::Difference;

struct Side {
  const btf::TypeTable& types;
  std::string source;
};

std::string keyword(btf::Type type) {
  return type.is_enum() ? "enum" : std::string(btf::kind_name(type.kind()));
}

std::string spelled(btf::Type type) {
  const std::string name(type.name());
  return type.kind() == btf::Kind::typedef_ ? name : keyword(type) + " " + name;
}

/// The differences of the types that a specification means in either kernel; of all types without one.
class Diff {
 public:
  Diff(const Side& before, const Side& after) : before_(before), after_(after), counterparts_(after.types) {}

  void add(const select::TypeSpec& spec) {
    select::TypeSpec type = spec;
    if (!spec.names_enumerators()) type.fields.clear();  // a field may be missing on either side
    const auto roots = [&](const Side& side) -> std::vector<select::Root> {
      try {
        return select::look_up(side.types, type, side.source);
      } catch (const Error&) {
        return {};
      }
    };
    const auto old_roots = roots(before_);
    const auto new_roots = roots(after_);
    if (old_roots.empty() && new_roots.empty()) select::look_up(after_.types, type, after_.source);  // throws
    add(old_roots, new_roots, spec.names_enumerators() ? select::TypeSpec{}.fields : spec.fields);
  }

  void add_all() { add(select::every_type(before_.types), select::every_type(after_.types), {}); }

  std::vector<Difference> take() { return std::move(differences_); }

 private:
  void add(const std::vector<select::Root>& old_roots, const std::vector<select::Root>& new_roots,
           const std::vector<select::FieldPath>& fields) {
    for (const select::Root& root : old_roots) add_old(root.type, fields);
    for (const select::Root& root : new_roots) {
      const btf::Type type = after_.types[root.type];
      if (!type.is_anonymous() && seen_.insert(spelled(type)).second) {
        differences_.push_back({spelled(type), {}, Change::added, {}, {}, true});
      }
    }
  }

  void add_old(TypeId id, const std::vector<select::FieldPath>& fields) {
    const btf::Type type = before_.types[id];
    if (type.is_anonymous() || !seen_.insert(spelled(type)).second) return;
    const TypeId other = counterparts_.find(keyword(type), type.name(), before_.types, id);
    if (other == 0) return differences_.push_back({spelled(type), {}, Change::missing, {}, {}, false});
    for (Difference& difference : compare::compare(before_.types, id, spelled(type), after_.types, other)) {
      const bool is_wanted = fields.empty() || difference.member.empty() ||
                             std::any_of(fields.begin(), fields.end(), [&](const select::FieldPath& path) {
                               return matches(joined(path), difference.member);
                             });
      if (is_wanted) differences_.push_back(std::move(difference));
    }
  }

  static std::string joined(const select::FieldPath& path) {
    std::string text;
    for (const std::string& name : path) text += (text.empty() ? "" : ".") + name;
    return text;
  }

  const Side& before_;
  const Side& after_;
  compare::Counterparts counterparts_;
  std::set<std::string> seen_;
  std::vector<Difference> differences_;
};

}  // namespace

void diff(const DiffOptions& options) {
  std::vector<select::TypeSpec> specs;
  for (const std::string& type : options.types) specs.push_back(select::parse_type_spec(type));
  const btf::Sources before_source({options.before});
  const btf::Sources after_source({options.after});
  give_up_root_of_sudo();
  const btf::Kernel before = before_source.read();
  const btf::Kernel after = after_source.read();

  const Side old_side{before.types, before_source.name()};
  const Side new_side{after.types, after_source.name()};
  Diff result(old_side, new_side);
  for (const select::TypeSpec& spec : specs) result.add(spec);
  if (specs.empty()) result.add_all();
  write_to_standard_output(
      report({{options.after, {}, after.release, result.take()}}, options.format, "no difference"));
}

}  // namespace bpfbuild::commands
