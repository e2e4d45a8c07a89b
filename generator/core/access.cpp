#include "core/access.hpp"

#include <charconv>
#include <limits>
#include <set>

#include "core/names.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::core {

namespace {

using btf::Kind;
using btf::Type;

/// BPF_CORE_SPEC_MAX_LEN.
constexpr std::size_t deepest = 64;

[[noreturn]] void refuse_access(const object::CoreRelocation& relocation) {
  throw Refusal(format("its access string '{}' does not fit the object's type", relocation.access));
}

std::vector<std::uint32_t> parse_indices(const object::CoreRelocation& relocation) {
  std::vector<std::uint32_t> indices;
  const char* at = relocation.access.data();
  const char* const end = at + relocation.access.size();
  while (at != end) {
    std::uint32_t index = 0;
    const auto [next, error] = std::from_chars(at, end, index);
    const bool is_last = next == end;
    if (error != std::errc() || index > std::numeric_limits<std::int32_t>::max() ||
        (!is_last && (*next != ':' || next + 1 == end)) || indices.size() == deepest) {
      refuse_access(relocation);
    }
    indices.push_back(index);
    at = is_last ? next : next + 1;
  }
  if (indices.empty()) refuse_access(relocation);
  return indices;
}

std::uint32_t size_of(TypeRef type) {
  const auto size = type.table->size_of(type.id);
  if (!size) throw Refusal(format("{} has no size", type.table->describe(type.id)));
  return *size;
}

/// An array of no elements at the end of a record: its elements are where an index says.
bool is_flexible(const btf::TypeTable& table, const Step& step, const btf::Array& array) {
  return !step.name.empty() && array.count == 0 && step.index + 1 == table[step.type].item_count();
}

std::string_view enumerator_name(Type type, std::uint32_t index) { return type.enumerator(index).name; }

std::string spelled(Type type) {
  const bool is_union = type.kind() == Kind::forward && type.is_forward_union();
  const std::string_view keyword = is_union                       ? "union"
                                   : type.kind() == Kind::forward ? "struct"
                                                                  : btf::kind_name(type.kind());
  return type.is_anonymous() ? format("an unnamed {}", keyword) : format("{} {}", keyword, type.name());
}

/// Finds a field by its name, also in unnamed members, and adds what leads to it. The type of the field goes
/// to `next`. A field of this name of another kind ends the search, and records that were `seen` are not
/// searched again.
enum class Search { nowhere, found, of_another_kind };
Search find_member(TypeRef local_member, std::string_view name, TypeRef target, Access& access,
                   btf::TypeId& next, std::set<btf::TypeId>& seen) {
  target = target.resolved();
  const Type record = target.type();
  if (!record.is_record() || !seen.insert(target.id).second) return Search::nowhere;
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    if (access.depth == deepest) throw Refusal("the kernel's type is too deep for CO-RE");
    const std::uint32_t offset_before = access.bit_offset;
    access.bit_offset += bit_field(record, i).offset;
    ++access.depth;
    if (record.is_member_anonymous(i)) {
      const Search result =
          find_member(local_member, name, target.at(record.member_type(i)), access, next, seen);
      if (result != Search::nowhere) return result;
    } else if (const std::string_view other = record.member(i).name; other == name) {
      next = record.member_type(i);
      if (!fields_are_compatible(local_member, target.at(next))) return Search::of_another_kind;
      access.steps.push_back({target.id, i, other});
      return Search::found;
    }
    access.bit_offset = offset_before;
    --access.depth;
  }
  return Search::nowhere;
}

void suggest_member(TypeRef record, NearestNames& nearest, std::set<btf::TypeId>& seen) {
  const Type type = record.resolved().type();
  if (!type.is_record() || !seen.insert(type.id()).second) return;
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    if (type.is_member_anonymous(i)) {
      suggest_member(record.at(type.member_type(i)), nearest, seen);
    } else {
      nearest.consider(type.member(i).name);
    }
  }
}

std::string with_suggestion(std::string text, const NearestNames& nearest) {
  const std::string suggestion = nearest.suggestion();
  return suggestion.empty() ? text : text + "; " + suggestion;
}

/// What to tell when a field is not where it was looked for.
std::string why_no_member(const Access& local, const Step& step, TypeRef target, Search result) {
  const Type record = target.resolved().type();
  if (result == Search::of_another_kind) {
    const Type was = local.table->resolved((*local.table)[step.type].member_type(step.index));
    return format("'{}' in {} is no {} any more", step.name, spelled(record), btf::kind_name(was.kind()));
  }
  if (!record.is_record()) return format("{} has no fields", spelled(record));
  NearestNames nearest(step.name);
  std::set<btf::TypeId> seen;
  suggest_member(target, nearest, seen);
  return with_suggestion(format("no field '{}' in {}", step.name, spelled(record)), nearest);
}

std::optional<Access> find_enumerator(const Access& local, TypeRef target, std::string* why_not) {
  target = target.resolved();
  const Type type = target.type();
  const std::string_view name = local.steps.front().name;
  if (type.is_enum()) {
    NearestNames nearest(name);
    for (std::uint32_t i = 0; i < type.item_count(); ++i) {
      const std::string_view other = enumerator_name(type, i);
      if (essential(other) == essential(name)) {
        return Access{target.table, target.id, {{target.id, i, other}}, 1, 0};
      }
      if (why_not != nullptr) nearest.consider(other);
    }
    if (why_not != nullptr) {
      *why_not = with_suggestion(format("no '{}' in {}", name, spelled(type)), nearest);
    }
  }
  return std::nullopt;
}

/// Adds the step to an element; whether there is such an element.
bool enter_element(Access& access, std::uint32_t index, TypeRef& target) {
  const Type type = target.type();
  if (type.kind() != Kind::array) return false;
  const btf::Array array = type.array();
  if (!is_flexible(*access.table, access.steps.back(), array) && index >= array.count) return false;
  target = target.at(array.element).resolved();
  return true;
}

}  // namespace

BitField bit_field(Type record, std::uint32_t index) {
  const std::uint32_t word = record.items()[3 * index + 2];
  if (!record.kind_flag()) return {word, 0};
  return {word & 0xffffff, word >> 24};
}

Access parse_access(const btf::TypeTable& local, const object::CoreRelocation& relocation) {
  Access access{&local, relocation.type, {}, 0, 0};
  if (object::is_of_type(relocation.kind)) {
    if (relocation.access != "0") refuse_access(relocation);
    return access;
  }
  const std::vector<std::uint32_t> indices = parse_indices(relocation);
  TypeRef at = TypeRef{&local, relocation.type}.resolved();
  if (object::is_of_enumerator(relocation.kind)) {
    if (!at.type().is_enum() || indices.size() > 1 || indices[0] >= at.type().item_count()) {
      refuse_access(relocation);
    }
    access.steps.push_back({at.id, indices[0], enumerator_name(at.type(), indices[0])});
    return access;
  }
  access.steps.push_back({at.id, indices[0], {}});
  access.bit_offset = indices[0] * size_of(at) * 8;
  for (std::size_t i = 1; i < indices.size(); ++i) {
    at = at.resolved();
    const Type type = at.type();
    if (type.is_record()) {
      if (indices[i] >= type.item_count()) refuse_access(relocation);
      access.bit_offset += bit_field(type, indices[i]).offset;
      const std::string_view name = type.member(indices[i]).name;
      if (!name.empty()) access.steps.push_back({at.id, indices[i], name});
      at = at.at(type.member_type(indices[i]));
    } else {
      if (!enter_element(access, indices[i], at)) refuse_access(relocation);
      access.steps.push_back({at.id, indices[i], {}});
      access.bit_offset += indices[i] * size_of(at) * 8;
    }
  }
  return access;
}

std::optional<Access> follow(const Access& local, object::CoreKind kind, TypeRef target,
                             std::string* why_not) {
  const TypeRef local_root{local.table, local.root};
  if (object::is_of_type(kind)) {
    const bool fits = kind == object::CoreKind::type_matches ? types_match(local_root, target)
                                                             : types_are_compatible(local_root, target);
    if (!fits && why_not != nullptr) *why_not = "the kernel's type of this name is another";
    if (!fits) return std::nullopt;
    return Access{target.table, target.id, {}, 0, 0};
  }
  if (object::is_of_enumerator(kind)) return find_enumerator(local, target, why_not);

  Access access{target.table, target.id, {}, 0, 0};
  for (std::size_t i = 0; i < local.steps.size(); ++i) {
    const Step& step = local.steps[i];
    target = target.resolved();
    if (!step.name.empty()) {
      const TypeRef member = local_root.at((*local.table)[step.type].member_type(step.index));
      btf::TypeId next = 0;
      std::set<btf::TypeId> seen;
      const Search result = find_member(member, step.name, target, access, next, seen);
      if (result != Search::found) {
        if (why_not != nullptr) *why_not = why_no_member(local, step, target, result);
        return std::nullopt;
      }
      target.id = next;
    } else {
      // The first step is to an element of what the program's pointer points to, as if that were an array.
      if (i > 0 && !enter_element(access, step.index, target)) {
        if (why_not != nullptr) {
          *why_not = format("no element {} in '{}'", step.index, local.steps[i - 1].name);
        }
        return std::nullopt;
      }
      if (access.depth == deepest) throw Refusal("the kernel's type is too deep for CO-RE");
      ++access.depth;
      access.steps.push_back({target.id, step.index, {}});
      access.bit_offset += step.index * size_of(target) * 8;
    }
  }
  return access;
}

}  // namespace bpfbuild::core
