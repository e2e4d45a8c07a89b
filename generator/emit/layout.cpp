#include "emit/layout.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "support/error.hpp"

namespace bpfbuild::emit {

namespace {

using btf::Kind;
using btf::Member;
using btf::Type;
using select::Fields;

constexpr std::uint32_t pointer_size = 8;  // on BPF, whatever the kernel's is

constexpr std::uint32_t largest_alignment = 1 << 16;
constexpr std::uint64_t largest_gap = std::uint64_t{8} << 20;  // in bits, of a whole record

constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t unit) {
  return (value + unit - 1) / unit * unit;
}

/// Whether a bitfield at this bit would cross a boundary of its own type, which only packed records allow.
bool crosses_unit(std::uint64_t bit, std::uint32_t width, std::uint64_t unit_bits) {
  return bit % unit_bits + width > unit_bits;
}

void pad(Layout& layout, std::uint32_t member, std::uint64_t from, std::uint64_t to) {
  if (to != from) layout.paddings.push_back({member, from, to - from});
}

}  // namespace

std::uint32_t Layouts::alignment_of(btf::TypeId id) {
  const Type type = types_.resolved(id);
  switch (type.kind()) {
    case Kind::struct_:
    case Kind::union_:
      if (alignments_[type.id()] != 0) return alignments_[type.id()];
      try {
        return alignments_[type.id()] = of(type).alignment;
      } catch (const Error& error) {
        throw error.at(types_.describe(type.id()));
      }
    case Kind::array:
      return alignment_of(type.array().element);
    case Kind::pointer:
      if (types_.pointer_size() != pointer_size) {
        throw Error(fmt::format("pointers have {} bytes in this kernel and {} in BPF", types_.pointer_size(),
                                pointer_size),
                    "name the fields that are needed, as in NAME:FIELD,...");
      }
      return pointer_size;
    case Kind::floating:
      if (type.size() != 4 && type.size() != 8) {
        throw Error(fmt::format("BPF has no '{}' of {} bytes", type.name(), type.size()));
      }
      return type.size();
    case Kind::enum_:
    case Kind::enum64:
      if (type.item_count() == 0) throw Error(fmt::format("enum '{}' is only declared", type.name()));
      return type.size();
    default:
      return type.size();
  }
}

Layout Layouts::of(Type record) {
  Layout layout;
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    const Member member = record.member(i);
    layout.alignment = std::max(layout.alignment, alignment_of(member.type));
    layout.packed = layout.packed || !fits_alignment(member);
  }
  layout.packed = layout.packed || record.size() % layout.alignment != 0;
  if (layout.packed) layout.alignment = 1;

  if (record.kind() == Kind::union_) {
    lay_out_union(record, layout);
  } else {
    lay_out_struct(record, Fields::whole(), layout);
  }
  for (const Padding& padding : layout.paddings) {
    if (padding.bits > largest_gap) throw Error(fmt::format("has a gap of {} bytes", padding.bits / 8));
  }
  return layout;
}

Layout Layouts::of_part(Type record, const Fields& fields) {
  const Layout whole = of(record);
  Layout layout;
  layout.packed = whole.packed;
  layout.alignment = whole.alignment;
  std::uint32_t alignment = 1;  // what the members that are left give it
  for (const auto& [index, part] : fields.chosen) {
    if (!whole.packed) alignment = std::max(alignment, alignment_of(record.member_type(index)));
  }
  if (alignment < whole.alignment) layout.aligned = whole.alignment;

  if (record.kind() == Kind::union_) {
    pad(layout, record.item_count(), 0, std::uint64_t{record.size()} * 8);
  } else {
    lay_out_struct(record, fields, layout);
  }
  return layout;
}

bool Layouts::fits_alignment(const Member& member) {
  const std::uint64_t alignment_bits = std::uint64_t{alignment_of(member.type)} * 8;
  if (member.bit_size == 0) return member.bit_offset % alignment_bits == 0;
  return !crosses_unit(member.bit_offset, member.bit_size, alignment_bits);
}

void Layouts::lay_out_struct(Type record, const Fields& fields, Layout& layout) {
  std::uint64_t end = 0;  // of what has been laid out so far, in bits
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    if (!fields.includes(i)) continue;
    const Member member = record.member(i);
    const std::uint64_t unit = std::uint64_t{alignment_of(member.type)} * 8;
    std::uint64_t natural = end;
    if (member.bit_size == 0) {
      natural = round_up(end, layout.packed ? 8 : unit);
    } else if (!layout.packed && crosses_unit(end, member.bit_size, unit)) {
      natural = round_up(end, unit);
    }
    if (member.bit_offset < end) {
      throw Error(fmt::format("member {} '{}' begins at bit {}, within the one before it", i, member.name,
                              member.bit_offset));
    }
    if (natural != member.bit_offset) pad(layout, i, end, member.bit_offset);
    const std::uint64_t bits =
        member.bit_size != 0 ? member.bit_size : std::uint64_t{*types_.size_of(member.type)} * 8;
    end = member.bit_offset + bits;
  }
  const std::uint64_t size = std::uint64_t{record.size()} * 8;
  if (round_up(end, std::uint64_t{layout.alignment} * 8) != size) pad(layout, record.item_count(), end, size);
}

void Layouts::lay_out_union(Type record, Layout& layout) {
  // One without members is left where the kernel's own are of types that BTF does not have: a single bitfield
  // takes any size up to its own.
  if (record.item_count() == 0 && record.size() <= 8)
    return pad(layout, 0, 0, std::uint64_t{record.size()} * 8);
  std::uint64_t largest = 0;
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    const Member member = record.member(i);
    largest = std::max<std::uint64_t>(
        largest, member.bit_size != 0 ? round_up(member.bit_size, 8) / 8 : *types_.size_of(member.type));
  }
  // What is larger than its members was aligned to more than they are.
  while (round_up(largest, layout.alignment) < record.size() && layout.alignment < largest_alignment) {
    layout.alignment = layout.aligned = layout.alignment * 2;
  }
  if (round_up(largest, layout.alignment) != record.size()) {
    throw Error(fmt::format("no union of these members has {} bytes", record.size()));
  }
}

}  // namespace bpfbuild::emit
