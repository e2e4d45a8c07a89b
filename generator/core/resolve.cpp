#include "core/resolve.hpp"

#include <algorithm>
#include <optional>

#include "core/names.hpp"
#include "support/format.hpp"

namespace bpfbuild::core {

namespace {

using btf::Kind;
using btf::Type;
using object::CoreKind;
using object::CoreRelocation;

std::uint32_t size_of(const btf::TypeTable& table, btf::TypeId id) {
  const auto size = table.size_of(id);
  if (!size) throw Refusal(format("{} has no size", table.describe(id)));
  return *size;
}

/// Of an array the element, which is what loads and stores are of.
std::uint32_t size_of_innermost(const btf::TypeTable& table, btf::TypeId id) {
  Type type = table.resolved(id);
  while (type.kind() == Kind::array) type = table.resolved(type.array().element);
  return size_of(table, type.id());
}

Answer answer_of_element(CoreKind kind, const Access& access) {
  const btf::TypeTable& table = *access.table;
  const btf::TypeId type = access.steps.back().type;
  if (kind == CoreKind::field_byte_offset) {
    return {access.bit_offset / 8, false, true, size_of_innermost(table, type), type};
  }
  if (kind == CoreKind::field_byte_size) return {size_of(table, type)};
  throw Refusal(format("{} cannot be asked of an array's element", object::question(kind)));
}

/// Where a field is read: the smallest integer around it.
struct Place {
  std::uint32_t byte_offset, byte_size, bit_offset, bit_size;
  bool is_bitfield;
};

Place place_of(const Access& access, Type field, std::uint32_t width) {
  const std::uint32_t offset = access.bit_offset;
  if (width == 0) {
    const std::uint32_t size = size_of(*access.table, field.id());
    return {offset / 8, size, offset, size * 8, false};
  }
  const auto unit = access.table->size_of(field.id());
  if (!unit || *unit == 0) throw Refusal("a bitfield's type has no size");
  std::uint32_t size = *unit;
  const auto start = [&] { return offset / 8 / size * size; };
  while (offset + width - start() * 8 > size * 8) {
    if (size >= 8) throw Refusal("a bitfield does not fit into 64 bits");
    size *= 2;
  }
  return {start(), size, offset, width, true};
}

Answer answer_of_field(CoreKind kind, const Access& access) {
  const Step& step = access.steps.back();
  if (step.name.empty()) return answer_of_element(kind, access);
  const btf::TypeTable& table = *access.table;
  const Type record = table[step.type];
  const Type field = table.resolved(record.member_type(step.index));
  const Place place = place_of(access, field, bit_field(record, step.index).width);
  switch (kind) {
    case CoreKind::field_byte_offset:
      if (place.is_bitfield) return {place.byte_offset, false, false};
      return {place.byte_offset, false, true, size_of_innermost(table, field.id()), field.id()};
    case CoreKind::field_byte_size:
      return {place.byte_size, false, !place.is_bitfield};
    case CoreKind::field_signed:
      return {(field.is_enum() && field.kind_flag()) ||
              (field.kind() == Kind::integer && field.is_signed_integer())};
    case CoreKind::field_left_shift:
      // A big-endian machine has another one for bitfields, of which nothing here depends on the value.
      return {64 - (place.bit_offset + place.bit_size - std::uint64_t{place.byte_offset} * 8), false,
              !place.is_bitfield};
    default:  // field_right_shift
      return {64 - std::uint64_t{place.bit_size}};
  }
}

/// The answer with the types of one side; without access where there is nothing that fits.
Answer answer(CoreKind kind, const Access* access) {
  if (object::is_of_existence(kind)) return {access != nullptr ? std::uint64_t{1} : 0};
  if (access == nullptr) return {0, !object::is_of_type(kind)};
  if (object::is_of_field(kind)) return answer_of_field(kind, *access);
  const btf::TypeTable& table = *access->table;
  if (kind == CoreKind::enumerator_value) {
    const Step& step = access->steps.front();
    const Type type = table[step.type];
    const std::int64_t value = type.enumerator(step.index).value;
    // Those of 32 bits are signed to libbpf, whatever the enum is.
    const std::int64_t as_read = type.kind() == Kind::enum64 ? value : static_cast<std::int32_t>(value);
    return {static_cast<std::uint64_t>(as_read)};
  }
  if (kind == CoreKind::type_size) return {size_of(table, access->root)};
  return {access->root, false, false};  // type_id_target
}

/// libbpf resizes only loads of pointers and of unsigned integers.
bool may_be_resized(Type before, Type now) {
  if (before.kind() == Kind::pointer && now.kind() == Kind::pointer) return true;
  return before.kind() == Kind::integer && now.kind() == Kind::integer && !before.is_signed_integer() &&
         !now.is_signed_integer();
}

}  // namespace

Resolver::Resolver(const btf::TypeTable& local, const std::vector<CoreRelocation>& relocations,
                   const btf::TypeTable& kernel, btf::TypeId module_types)
    : local_(local), kernel_(kernel), module_types_(module_types) {
  for (const CoreRelocation& relocation : relocations) by_name_[essential(local[relocation.type].name())];
  by_name_.erase("");
  for (btf::TypeId id = 1; id < kernel.id_count(); ++id) {
    const auto found = by_name_.find(essential(kernel[id].name()));
    if (found != by_name_.end()) found->second.push_back(id);
  }
}

std::vector<btf::TypeId>& Resolver::candidates(btf::TypeId local) {
  const auto [entry, is_new] = candidates_.try_emplace(local);
  if (!is_new) return entry->second;
  std::vector<btf::TypeId>& found = entry->second;
  for (const btf::TypeId id : by_name_[essential(local_[local].name())]) {
    if (id >= module_types_ && !found.empty() && found.front() < module_types_) break;
    if (are_of_one_kind(local_[local], kernel_[id])) found.push_back(id);
  }
  return found;
}

Resolution Resolver::match(const CoreRelocation& relocation) {
  const Access local = parse_access(local_, relocation);
  if (relocation.kind == CoreKind::type_id_local) {
    const Answer id{relocation.type, false, false};
    return {Resolution::State::resolved, id, id, true, {}};
  }
  const Type root = local_[relocation.type];
  if (root.is_anonymous()) throw Refusal("the object's type has no name, so no kernel's can be found for it");

  const Answer before = answer(relocation.kind, &local);
  std::vector<btf::TypeId>& all = candidates(relocation.type);
  std::vector<btf::TypeId> matching;
  std::optional<Access> chosen;
  Answer now;
  std::string why_not;
  for (const btf::TypeId id : all) {
    std::optional<Access> access =
        follow(local, relocation.kind, {&kernel_, id}, why_not.empty() ? &why_not : nullptr);
    if (!access) continue;
    const Answer candidate = answer(relocation.kind, &*access);
    if (chosen && (access->bit_offset != chosen->bit_offset || candidate.value != now.value)) {
      throw Refusal(
          format("ambiguous: the kernel has several types of this name, [{}] and [{}], and they "
                 "differ in it",
                 matching.front(), id));
    }
    if (!chosen) now = candidate;
    if (!chosen) chosen = std::move(access);
    matching.push_back(id);
  }
  if (!matching.empty()) {
    all = std::move(matching);
    why_not.clear();
  } else {
    now = answer(relocation.kind, nullptr);
    if (why_not.empty()) why_not = format("no {} '{}'", btf::kind_name(root.kind()), essential(root.name()));
  }

  const bool same_size = before.access_size == now.access_size;
  return {now.is_missing ? Resolution::State::missing : Resolution::State::resolved, before, now,
          now.is_missing || same_size || may_be_resized(local_[before.access_type], kernel_[now.access_type]),
          std::move(why_not)};
}

Resolution Resolver::resolve(const CoreRelocation& relocation) {
  try {
    return match(relocation);
  } catch (const Refusal& refusal) {
    return {Resolution::State::refused, {}, {}, true, refusal.what()};
  }
}

}  // namespace bpfbuild::core
