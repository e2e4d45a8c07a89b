#include "compat/struct_ops.hpp"

#include <algorithm>

#include "core/access.hpp"
#include "core/names.hpp"
#include "support/format.hpp"

namespace bpfbuild::compat {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;

/// A variable of one of the sections.
struct Table {
  std::size_t section;
  std::uint64_t offset;
  TypeId type;
};

class Check {
 public:
  Check(const object::Object& object, const KernelTypes& kernel) : object_(object), kernel_(kernel) {}

  StructOps run(const Table& table, bool is_optional) const {
    const Type type = object_.types[table.type];
    const std::string name(core::essential(type.name()));
    StructOps result{"struct " + name, {}, is_optional};
    const auto value_type = kernel_.find("bpf_struct_ops_" + name, Kind::struct_);
    const auto found = kernel_.find(name, Kind::struct_);
    if (!value_type || !found) {
      result.reason = format("the kernel takes no 'struct {}' of programs", name);
      return result;
    }
    for (std::uint32_t i = 0; i < type.item_count(); ++i) {
      result.reason = why_not(table, type, i, *found);
      if (result.reason.empty()) continue;
      result.name += format(".{}", type.member(i).name);
      break;
    }
    return result;
  }

 private:
  /// Whether the object says nothing of a member: it is zero, and nothing is to be put there.
  [[nodiscard]] bool is_empty(const Table& table, std::uint32_t bit_offset, std::uint64_t size) const {
    const std::uint64_t begin = table.offset + bit_offset / 8;
    const std::vector<std::byte>& bytes = object_.sections[table.section].bytes;
    for (std::uint64_t at = begin; at < std::min<std::uint64_t>(begin + size, bytes.size()); ++at) {
      if (bytes[at] != std::byte{0}) return false;
    }
    return std::none_of(object_.references.begin(), object_.references.end(), [&](const auto& reference) {
      return reference.section == table.section && reference.offset >= begin &&
             reference.offset < begin + size;
    });
  }

  [[nodiscard]] std::string why_not(const Table& table, Type type, std::uint32_t index,
                                    TypeId other_id) const {
    const Type other = kernel_.table()[other_id];
    const btf::Member member = type.member(index);
    const auto size = object_.types.size_of(member.type);
    const auto found = kernel_.member_of(other_id, member.name);
    const core::BitField field = core::bit_field(type, index);
    if (!found) {
      if (size && is_empty(table, field.offset, *size)) return {};
      return format("no field '{}' in struct {}", member.name, other.name());
    }
    if (field.width != 0 || core::bit_field(other, *found).width != 0) {
      return format("'{}' is a bitfield, which libbpf does not copy", member.name);
    }
    const Type wanted = object_.types.resolved(member.type);
    const Type found_type = kernel_.table().resolved(other.member_type(*found));
    if (wanted.kind() != found_type.kind()) {
      return format("'{}' in struct {} is no {}", member.name, other.name(), btf::kind_name(wanted.kind()));
    }
    if (wanted.kind() == Kind::pointer) return {};
    if (size && size == kernel_.table().size_of(found_type.id())) return {};
    return format("'{}' in struct {} has another size", member.name, other.name());
  }

  const object::Object& object_;
  const KernelTypes& kernel_;
};

}  // namespace

std::vector<StructOps> check_struct_ops(const object::Object& object, const KernelTypes& kernel) {
  const Check check(object, kernel);
  std::vector<StructOps> all;
  for (TypeId id = 1; id < object.types.id_count(); ++id) {
    const Type data = object.types[id];
    if (data.kind() != Kind::data_section) continue;
    const bool is_optional = data.name().starts_with('?');
    const std::string_view name = data.name().substr(is_optional ? 1 : 0);
    if (name != ".struct_ops" && name != ".struct_ops.link") continue;
    const auto section = std::find_if(object.sections.begin(), object.sections.end(),
                                      [&](const auto& each) { return each.name == data.name(); });
    if (section == object.sections.end()) continue;
    for (std::uint32_t i = 0; i < data.item_count(); ++i) {
      const Type variable = object.types[data.items()[3 * i]];
      if (variable.kind() != Kind::variable) continue;
      const Type type = object.types.resolved(variable.target());
      if (type.kind() != Kind::struct_) continue;
      const auto index = static_cast<std::size_t>(section - object.sections.begin());
      all.push_back(check.run({index, data.items()[3 * i + 1], type.id()}, is_optional));
    }
  }
  return all;
}

}  // namespace bpfbuild::compat
