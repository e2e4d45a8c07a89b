#include "select/fields.hpp"

#include "support/text.hpp"

namespace bpfbuild::select {

namespace {

/// What a path goes on in when it goes through a type: a record, and the type that gives it its name.
struct Passage {
  btf::Type record;
  std::optional<btf::TypeId> holder;  // a typedef, or the record itself; none where it is spelled in place
  bool behind_pointer;
};

/// The way through typedefs, qualifiers, arrays and pointers; nothing where no record is at its end.
std::optional<Passage> passage_through(const btf::TypeTable& types, btf::TypeId id) {
  std::optional<btf::TypeId> alias;
  bool behind_pointer = false;
  for (btf::Type type = types.without_modifiers(id);; type = types.without_modifiers(id)) {
    switch (type.kind()) {
      case btf::Kind::struct_:
      case btf::Kind::union_:
        return Passage{type, type.is_anonymous() ? alias : type.id(), behind_pointer};
      case btf::Kind::typedef_:
        alias = type.id();
        id = type.target();
        break;
      case btf::Kind::pointer:
        behind_pointer = true;
        alias.reset();
        id = type.target();
        break;
      case btf::Kind::array:
        alias.reset();
        id = type.array().element;
        break;
      default:
        return std::nullopt;
    }
  }
}

std::optional<DeadEnd> choose_fields_of_member(const btf::TypeTable& types, const btf::Member& member,
                                               std::span<const std::string> path, Fields& fields,
                                               std::vector<Root>& behind_pointers) {
  const auto passage = passage_through(types, member.type);
  if (!passage) return DeadEnd{member.type, path.size()};

  Fields beyond;
  std::vector<Root> roots;
  if (const auto dead_end = choose_fields(types, passage->record, path, beyond, roots)) return dead_end;
  if (passage->behind_pointer) {
    fields = Fields::whole();  // of the pointer
    if (passage->holder) behind_pointers.push_back({*passage->holder, beyond});
  } else {
    fields = beyond;
  }
  behind_pointers.insert(behind_pointers.end(), roots.begin(), roots.end());
  return std::nullopt;
}

}  // namespace

void Fields::merge(const Fields& other) {
  all = all || other.all;
  for (const auto& [index, fields] : other.chosen) chosen[index].merge(fields);
}

std::optional<btf::Type> spelled_type(const btf::TypeTable& types, btf::TypeId id) {
  btf::Type type = types.without_modifiers(id);
  while (type.kind() == btf::Kind::array) type = types.without_modifiers(type.array().element);
  const bool is_spelled = type.is_anonymous() && (type.is_record() || type.is_enum());
  return is_spelled ? std::optional(type) : std::nullopt;
}

std::optional<DeadEnd> choose_fields(const btf::TypeTable& types, btf::Type record,
                                     std::span<const std::string> path, Fields& fields,
                                     std::vector<Root>& behind_pointers) {
  DeadEnd farthest{record.id(), path.size()};
  bool found = false;
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    const btf::Member member = record.member(i);
    const auto inlined = inlined_record(types, record, i);
    Fields within;
    std::optional<DeadEnd> dead_end;
    if (inlined) {
      dead_end = choose_fields(types, *inlined, path, within, behind_pointers);
    } else if (member.name.empty() || !matches(path.front(), member.name)) {
      continue;
    } else if (path.size() == 1) {
      within = Fields::whole();
    } else {
      dead_end = choose_fields_of_member(types, member, path.subspan(1), within, behind_pointers);
    }
    if (!dead_end) {
      found = true;
      fields.chosen[i].merge(within);
    } else if (dead_end->names_left < farthest.names_left) {
      farthest = *dead_end;
    }
  }
  return found ? std::nullopt : std::optional(farthest);
}

void consider_fields(const btf::TypeTable& types, btf::Type record, NearestNames& nearest) {
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    const btf::Member member = record.member(i);
    if (const auto inlined = inlined_record(types, record, i)) {
      consider_fields(types, *inlined, nearest);
    } else {
      nearest.consider(member.name);
    }
  }
}

}  // namespace bpfbuild::select
