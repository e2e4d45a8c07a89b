#include "btf/type_table.hpp"

#include <string.h>

#include <algorithm>
#include <limits>

#include "support/format.hpp"

namespace bpfbuild::btf {

Member Type::member(std::uint32_t index) const {
  const Bits bits = member_bits(index);
  return {table_->string(items()[3 * index]), member_type(index), bits.offset, bits.size};
}

Bits TypeTable::bits_by_type(TypeId type, std::uint32_t offset) const {
  const Type behind = resolved(type);
  if (behind.kind() == Kind::integer && behind.integer_bits() != behind.size() * 8) {
    return {offset + behind.integer_bit_offset(), behind.integer_bits()};
  }
  return {offset, 0};
}

Enumerator Type::enumerator(std::uint32_t index) const {
  if (kind() == Kind::enum64) {
    const std::uint32_t* const words = items() + std::size_t{3} * index;
    return {table_->string(words[0]), static_cast<std::int64_t>(std::uint64_t{words[2]} << 32 | words[1])};
  }
  const std::uint32_t* const words = items() + std::size_t{2} * index;
  const auto value = kind_flag() ? std::int64_t{static_cast<std::int32_t>(words[1])} : std::int64_t{words[1]};
  return {table_->string(words[0]), value};
}

std::optional<std::uint32_t> TypeTable::size_of(TypeId id) const {
  std::uint64_t count = 1;
  Type type = resolved(id);
  for (; type.kind() == Kind::array; type = resolved(type.array().element)) {
    count *= type.array().count;
    if (count > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  }

  std::uint64_t size = 0;
  switch (type.kind()) {
    case Kind::integer:
    case Kind::floating:
    case Kind::struct_:
    case Kind::union_:
    case Kind::enum_:
    case Kind::enum64:
      size = count * type.size();
      break;
    case Kind::pointer:
      size = count * pointer_size_;
      break;
    default:
      return std::nullopt;
  }
  if (size > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return static_cast<std::uint32_t>(size);
}

std::vector<TypeId> TypeTable::find(std::string_view name) const {
  // Few places of the string section hold the name and many types might, so look for the string first. It may
  // be the tail of a longer one.
  std::vector<std::uint32_t> offsets;
  const std::string needle = std::string(name) + '\0';
  const char* const end = strings_.data() + strings_.size();
  for (const char* at = strings_.data();; ++at) {
    at = static_cast<const char*>(
        ::memmem(at, static_cast<std::size_t>(end - at), needle.data(), needle.size()));
    if (at == nullptr) break;
    offsets.push_back(static_cast<std::uint32_t>(at - strings_.data()));
  }

  std::vector<TypeId> ids;
  if (offsets.empty()) return ids;
  for (TypeId id = 1; id < id_count(); ++id) {
    const std::uint32_t offset = (*this)[id].name_offset();
    if (offset < offsets.front() || offset > offsets.back()) continue;
    if (std::binary_search(offsets.begin(), offsets.end(), offset)) ids.push_back(id);
  }
  return ids;
}

std::string TypeTable::describe(TypeId id) const {
  const Type type = (*this)[id];
  const std::string_view name = type.name();
  return format("type [{}] {}", id, kind_name(type.kind())) +
         (name.empty() ? std::string() : format(" '{}'", name));
}

}  // namespace bpfbuild::btf
