#include "compare/difference.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "compare/spelling.hpp"
#include "select/fields.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::compare {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;
using btf::TypeTable;

/// Without the flavour that tells types and enumerators of one name apart.
std::string_view essential(std::string_view name) {
  const auto flavour = name.find("___");
  return flavour == 0 ? name : name.substr(0, flavour);
}

/// A field, found through unnamed members.
struct Field {
  std::string_view name;
  TypeId type;
  std::uint64_t bit_offset;
  std::uint32_t bit_size;  // of a bitfield, else 0
};

void append_fields(const TypeTable& types, Type record, std::uint64_t offset, std::vector<Field>& fields) {
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    const btf::Member member = record.member(i);
    if (const auto inlined = select::inlined_record(types, record, i)) {
      append_fields(types, *inlined, offset + member.bit_offset, fields);
    } else if (!member.name.empty() && !member.name.starts_with("__other")) {
      fields.push_back({member.name, member.type, offset + member.bit_offset, member.bit_size});
    }
  }
}

std::vector<Field> fields_of(const TypeTable& types, Type record) {
  std::vector<Field> fields;
  append_fields(types, record, 0, fields);
  return fields;
}

const Field* find(const std::vector<Field>& fields, std::string_view name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::string place(std::uint64_t bit) {
  return bit % 8 == 0 ? format("byte {}", bit / 8) : format("byte {} bit {}", bit / 8, bit % 8);
}

/// How a type takes the place of another.
struct Fit {
  std::optional<Change> change;
  bool bridged = true;
};

constexpr Fit unfit{Change::retyped, false};

class Comparison {
 public:
  Comparison(const TypeTable& before, const TypeTable& after, std::string_view name)
      : before_(before), after_(after), name_(name) {}

  std::vector<Difference> run(TypeId type, TypeId other) {
    const Type a = before_.resolved(type);
    const Type b = after_.resolved(other);
    if (a.is_enum() && b.is_enum()) {
      compare_enums(a, b);
    } else if (a.is_record() && b.is_record()) {
      if (a.kind() != b.kind()) add({}, Change::retyped, kind_of(a), kind_of(b), true);
      compare_records(a, b, {});
    } else if (const Fit fit = fit_of(type, other); fit.change) {
      add({}, *fit.change, spelling(before_, type), spelling(after_, other), fit.bridged);
    }
    return std::move(differences_);
  }

 private:
  static std::string kind_of(Type type) { return std::string(btf::kind_name(type.kind())); }

  void add(std::string member, Change change, std::string before, std::string after, bool bridged) {
    differences_.push_back(
        {std::string(name_), std::move(member), change, std::move(before), std::move(after), bridged});
  }

  void compare_records(Type a, Type b, const std::string& path) {
    if (a.size() != b.size()) {
      add(path, Change::resized, format("{} bytes", a.size()), format("{} bytes", b.size()), true);
    }
    const std::string prefix = path.empty() ? path : path + ".";
    const std::vector<Field> fields = fields_of(before_, a);
    const std::vector<Field> others = fields_of(after_, b);
    for (const Field& field : fields) {
      const Field* const other = find(others, field.name);
      if (other != nullptr) {
        compare_fields(field, *other, prefix + std::string(field.name));
      } else {
        report_missing(field, fields, others, prefix + std::string(field.name));
      }
    }
    for (const Field& other : others) {
      if (find(fields, other.name) == nullptr) {
        add(prefix + std::string(other.name), Change::added, {}, spelling(after_, other.type), true);
      }
    }
  }

  void compare_fields(const Field& a, const Field& b, const std::string& path) {
    if (a.bit_offset != b.bit_offset)
      add(path, Change::moved, place(a.bit_offset), place(b.bit_offset), true);
    if (a.bit_size != b.bit_size) {
      const auto width = [](const Field& field) {
        return field.bit_size == 0 ? std::string("no bitfield") : format("{} bits", field.bit_size);
      };
      // BPF_CORE_READ_BITFIELD() reads both, plain accesses only what they were compiled for.
      return add(path, Change::resized, width(a), width(b), a.bit_size != 0 && b.bit_size != 0);
    }
    const Type record = before_.resolved(a.type);
    const Type other = after_.resolved(b.type);
    if (record.is_record() && other.is_record() && record.is_anonymous() && other.is_anonymous()) {
      return compare_records(record, other, path);
    }
    const Fit fit = fit_of(a.type, b.type);
    if (!fit.change) return;
    std::string spelled = spelling(before_, a.type);
    std::string other_spelled = spelling(after_, b.type);
    if (spelled == other_spelled && *fit.change == Change::resized) {
      spelled = format("{} bytes", before_.size_of(a.type).value_or(0));
      other_spelled = format("{} bytes", after_.size_of(b.type).value_or(0));
    } else if (spelled == other_spelled) {
      other_spelled.insert(0, "another ");
    }
    add(path, *fit.change, std::move(spelled), std::move(other_spelled), fit.bridged);
  }

  void report_missing(const Field& field, const std::vector<Field>& fields, const std::vector<Field>& others,
                      const std::string& path) {
    NearestNames nearest(field.name);
    for (const Field& other : others) {
      const bool is_new = find(fields, other.name) == nullptr;
      if (is_new && fit_of(field.type, other.type).bridged) nearest.consider(other.name);
    }
    if (nearest.names().size() == 1) {
      add(path, Change::renamed, {}, nearest.names().front(), false);
    } else {
      add(path, Change::missing, {}, {}, false);
    }
  }

  void compare_enums(Type a, Type b) {
    // clang before version 15 cuts values of 64 bits in its BTF, and older BTF does not tell signs.
    const bool is_wide = a.kind() == Kind::enum64 && b.kind() == Kind::enum64;
    const std::uint64_t mask = is_wide ? ~std::uint64_t{0} : 0xffffffff;
    const auto value_of = [](Type type, btf::Enumerator enumerator) {
      return type.kind_flag() ? format("{}", enumerator.value)
                              : format("{}", static_cast<std::uint64_t>(enumerator.value));
    };
    const auto find_in = [](Type type, std::string_view name) -> std::optional<btf::Enumerator> {
      for (std::uint32_t i = 0; i < type.item_count(); ++i) {
        if (essential(type.enumerator(i).name) == name) return type.enumerator(i);
      }
      return std::nullopt;
    };
    for (std::uint32_t i = 0; i < a.item_count(); ++i) {
      const btf::Enumerator enumerator = a.enumerator(i);
      const std::string name(essential(enumerator.name));
      const auto other = find_in(b, name);
      if (!other) {
        add(name, Change::missing, {}, {}, false);
      } else if (((static_cast<std::uint64_t>(enumerator.value) ^ static_cast<std::uint64_t>(other->value)) &
                  mask) != 0) {
        add(name, Change::revalued, value_of(a, enumerator), value_of(b, *other), false);
      }
    }
    for (std::uint32_t i = 0; i < b.item_count(); ++i) {
      const btf::Enumerator other = b.enumerator(i);
      if (!find_in(a, essential(other.name))) {
        add(std::string(essential(other.name)), Change::added, {}, value_of(b, other), true);
      }
    }
  }

  Fit fit_of(TypeId a, TypeId b) const {
    const Type type = before_.resolved(a);
    const Type other = after_.resolved(b);
    if (type.is_record() && other.is_record()) {
      if (type.kind() != other.kind() || essential(type.name()) != essential(other.name()))
        return {Change::retyped, true};
      return type.size() == other.size() ? Fit{} : Fit{Change::resized, true};
    }
    if (type.is_enum() && other.is_enum()) {
      if (!have_one_name(type, other)) return unfit;
      return type.size() == other.size() ? Fit{} : Fit{Change::resized, false};
    }
    if (is_record(type) && is_record(other)) return have_one_name(type, other) ? Fit{} : unfit;
    if (type.kind() != other.kind()) return unfit;
    switch (type.kind()) {
      case Kind::integer:
        return fit_of_integers(type, other);
      case Kind::floating:
        return type.size() == other.size() ? Fit{} : Fit{Change::resized, false};
      case Kind::pointer:
        return fit_of_pointees(type.target(), other.target());
      case Kind::array: {
        const Fit fit = fit_of(type.array().element, other.array().element);
        if (fit.change || type.array().count == other.array().count) return fit;
        return {Change::resized, true};
      }
      default:
        return {};
    }
  }

  static bool is_record(Type type) { return type.is_record() || type.kind() == Kind::forward; }

  static bool have_one_name(Type a, Type b) {
    return a.is_anonymous() || b.is_anonymous() || essential(a.name()) == essential(b.name());
  }

  /// A load is adjusted to another size where that needs no extension of the sign.
  static Fit fit_of_integers(Type a, Type b) {
    if (a.size() != b.size()) return {Change::resized, !a.is_signed_integer() && !b.is_signed_integer()};
    // The sign of char is the compiler's choice.
    const bool is_same = a.name() == b.name() ||
                         (a.is_signed_integer() == b.is_signed_integer() && a.is_boolean() == b.is_boolean());
    return is_same ? Fit{} : Fit{Change::retyped, true};
  }

  Fit fit_of_pointees(TypeId a, TypeId b) const {
    const Type type = before_.resolved(a);
    const Type other = after_.resolved(b);
    if (is_record(type) && is_record(other)) return have_one_name(type, other) ? Fit{} : unfit;
    return type.kind() == other.kind() ? Fit{} : Fit{Change::retyped, true};
  }

  const TypeTable& before_;
  const TypeTable& after_;
  std::string_view name_;
  std::vector<Difference> differences_;
};

bool is_named_by(Type type, std::string_view keyword) {
  if (type.is_enum()) return keyword == "enum" && type.item_count() > 0;
  return btf::kind_name(type.kind()) == keyword;
}

}  // namespace

std::string_view name_of(Change change) {
  switch (change) {
    case Change::missing:
      return "missing";
    case Change::renamed:
      return "renamed";
    case Change::added:
      return "added";
    case Change::moved:
      return "moved";
    case Change::resized:
      return "resized";
    case Change::retyped:
      return "retyped";
    case Change::revalued:
      return "revalued";
  }
  return {};
}

std::vector<Difference> compare(const TypeTable& before, TypeId type, std::string_view name,
                                const TypeTable& after, TypeId other) {
  return Comparison(before, after, name).run(type, other);
}

Counterparts::Counterparts(const TypeTable& types) : types_(types) {
  for (TypeId id = 1; id < types.id_count(); ++id) {
    if (!types[id].is_anonymous()) by_name_.emplace(types[id].name(), id);
  }
}

std::vector<TypeId> Counterparts::named(std::string_view keyword, std::string_view name) const {
  std::vector<TypeId> ids;
  const auto [first, last] = by_name_.equal_range(name);
  for (auto each = first; each != last; ++each) {
    if (is_named_by(types_[each->second], keyword)) ids.push_back(each->second);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

TypeId Counterparts::find(std::string_view keyword, std::string_view name, const TypeTable& before,
                          TypeId like) const {
  std::vector<TypeId> candidates = named(keyword, name);  // a few names of the kernel's look like flavours
  if (candidates.empty()) candidates = named(keyword, essential(name));
  if (candidates.size() <= 1) return candidates.empty() ? 0 : candidates.front();
  const auto distance = [&](TypeId id) {
    const std::vector<Difference> differences = compare(before, like, name, types_, id);
    const auto broken =
        std::count_if(differences.begin(), differences.end(), [](const auto& each) { return !each.bridged; });
    return std::pair(broken, differences.size());
  };
  return *std::min_element(candidates.begin(), candidates.end(),
                           [&](TypeId a, TypeId b) { return distance(a) < distance(b); });
}

}  // namespace bpfbuild::compare
