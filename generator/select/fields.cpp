#include "select/fields.hpp"

namespace bpfbuild::select {

void Fields::merge(const Fields& other) {
  all = all || other.all;
  for (const auto& [index, fields] : other.chosen) chosen[index].merge(fields);
}

std::optional<btf::Type> inlined_record(const btf::TypeTable& types, const btf::Member& member) {
  if (!member.name.empty()) return std::nullopt;
  const btf::Type type = types.resolved(member.type);
  return type.is_record() ? std::optional(type) : std::nullopt;
}

bool choose_field(const btf::TypeTable& types, btf::Type record, std::string_view name, Fields& fields) {
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    const btf::Member member = record.member(i);
    if (member.name == name) {
      fields.chosen[i] = Fields::whole();
      return true;
    }
    const auto inlined = inlined_record(types, member);
    Fields within;
    if (inlined && choose_field(types, *inlined, name, within)) {
      fields.chosen[i].merge(within);
      return true;
    }
  }
  return false;
}

void consider_fields(const btf::TypeTable& types, btf::Type record, NearestNames& nearest) {
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    const btf::Member member = record.member(i);
    if (const auto inlined = inlined_record(types, member)) {
      consider_fields(types, *inlined, nearest);
    } else {
      nearest.consider(member.name);
    }
  }
}

}  // namespace bpfbuild::select
