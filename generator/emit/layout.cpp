#include "emit/layout.hpp"

#include <algorithm>
#include <bit>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::emit {

namespace {

using btf::Kind;
using btf::Type;
using select::Fields;

constexpr std::uint32_t pointer_size = 8;  // on BPF, whatever the kernel's is

constexpr std::uint32_t largest_alignment = 1 << 16;
constexpr std::uint64_t largest_gap = std::uint64_t{8} << 20;  // in bits, of a whole record

/// What lies behind the last boundary of units, which are powers of two, like all alignments.
constexpr std::uint64_t into_unit(std::uint64_t value, std::uint64_t unit) { return value & (unit - 1); }

constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t unit) {
  return (value + unit - 1) & ~(unit - 1);
}

void pad(Layout& layout, std::uint32_t member, std::uint64_t from, std::uint64_t to) {
  if (to != from) layout.paddings.push_back({member, from, to - from});
}

}  // namespace

std::uint32_t Layouts::alignment_of(btf::TypeId id) {
  Type type = types_.resolved(id);
  while (type.kind() == Kind::array) type = types_.resolved(type.array().element);
  return alignment_of_value(type);
}

/// Of a type that is neither an array nor another name for one.
std::uint32_t Layouts::alignment_of_value(Type type) {
  switch (type.kind()) {
    case Kind::struct_:
    case Kind::union_:
      if (known_[type.id()] != 0) return 1U << (known_[type.id()] - 1);
      try {
        return of(type).alignment;
      } catch (const Error& error) {
        throw error.at(types_.describe(type.id()));
      }
    case Kind::pointer:
      if (types_.pointer_size() != pointer_size) {
        throw Error(format("pointers have {} bytes in this kernel and {} in BPF", types_.pointer_size(),
                           pointer_size),
                    "name the fields that are needed, as in NAME:FIELD,...");
      }
      return pointer_size;
    case Kind::floating:
      if (type.size() != 4 && type.size() != 8) {
        throw Error(format("BPF has no '{}' of {} bytes", type.name(), type.size()));
      }
      return type.size();
    case Kind::enum_:
    case Kind::enum64:
      if (type.item_count() == 0) throw Error(format("enum '{}' is only declared", type.name()));
      return type.size();
    default:
      return type.size();
  }
}

std::vector<Layouts::Slot> Layouts::slots_of(Type record, const Fields& fields) {
  std::vector<Slot> slots;
  slots.reserve(record.item_count());
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    if (!fields.includes(i)) continue;
    std::uint64_t count = 1;
    Type type = types_.resolved(record.member_type(i));
    for (; type.kind() == Kind::array; type = types_.resolved(type.array().element)) {
      count *= type.array().count;
    }
    const std::uint64_t unit = std::uint64_t{alignment_of_value(type)} * 8;
    const std::uint64_t size = type.kind() == Kind::pointer ? pointer_size : type.size();
    const btf::Bits bits = record.member_bits(i);
    slots.push_back({i, bits.size != 0, bits.offset, bits.size != 0 ? bits.size : count * size * 8, unit});
  }
  return slots;
}

Layout Layouts::of(Type record) {
  Layout layout;
  const std::vector<Slot> slots = slots_of(record, Fields::whole());
  std::uint64_t unit = 8;
  for (const Slot& slot : slots) {
    unit = std::max(unit, slot.unit);
    const std::uint64_t begin = into_unit(slot.begin, slot.unit);
    // A bitfield across a boundary of its own type is one that only packed records allow.
    const bool fits = slot.is_bitfield ? begin + slot.bits <= slot.unit : begin == 0;
    layout.packed = layout.packed || !fits;
  }
  layout.packed = layout.packed || into_unit(std::uint64_t{record.size()} * 8, unit) != 0;
  if (!layout.packed) layout.alignment = static_cast<std::uint32_t>(unit / 8);

  if (record.kind() == Kind::union_) {
    lay_out_union(record, slots, layout);
  } else {
    lay_out_struct(record, slots, layout);
  }
  for (const Padding& padding : layout.paddings) {
    if (padding.bits > largest_gap) throw Error(format("has a gap of {} bytes", padding.bits / 8));
  }
  known_[record.id()] = static_cast<std::uint8_t>(std::countr_zero(layout.alignment) + 1);
  return layout;
}

Layout Layouts::of_part(Type record, const Fields& fields) {
  const Layout whole = of(record);
  const std::vector<Slot> slots = slots_of(record, fields);
  Layout layout;
  layout.packed = whole.packed;
  layout.alignment = whole.alignment;
  std::uint64_t unit = 8;  // what the members that are left give it
  for (const Slot& slot : slots) unit = std::max(unit, whole.packed ? 8 : slot.unit);
  if (unit / 8 < whole.alignment) layout.aligned = whole.alignment;

  if (record.kind() == Kind::union_) {
    pad(layout, record.item_count(), 0, std::uint64_t{record.size()} * 8);
  } else {
    lay_out_struct(record, slots, layout);
  }
  return layout;
}

void Layouts::lay_out_struct(Type record, const std::vector<Slot>& slots, Layout& layout) {
  std::uint64_t end = 0;  // of what has been laid out so far, in bits
  for (const Slot& slot : slots) {
    std::uint64_t natural = end;
    if (!slot.is_bitfield) {
      natural = round_up(end, layout.packed ? 8 : slot.unit);
    } else if (!layout.packed && into_unit(end, slot.unit) + slot.bits > slot.unit) {
      natural = round_up(end, slot.unit);
    }
    if (slot.begin < end) {
      throw Error(format("member {} '{}' begins at bit {}, within the one before it", slot.index,
                         record.member(slot.index).name, slot.begin));
    }
    if (natural != slot.begin) pad(layout, slot.index, end, slot.begin);
    end = slot.begin + slot.bits;
  }
  const std::uint64_t size = std::uint64_t{record.size()} * 8;
  if (round_up(end, std::uint64_t{layout.alignment} * 8) != size) pad(layout, record.item_count(), end, size);
}

void Layouts::lay_out_union(Type record, const std::vector<Slot>& slots, Layout& layout) {
  // One without members is left where the kernel's own are of types that BTF does not have: a single bitfield
  // takes any size up to its own.
  if (slots.empty() && record.size() <= 8) return pad(layout, 0, 0, std::uint64_t{record.size()} * 8);
  std::uint64_t largest = 0;
  for (const Slot& slot : slots) largest = std::max(largest, round_up(slot.bits, 8) / 8);
  // What is larger than its members was aligned to more than they are.
  while (round_up(largest, layout.alignment) < record.size() && layout.alignment < largest_alignment) {
    layout.alignment = layout.aligned = layout.alignment * 2;
  }
  if (round_up(largest, layout.alignment) != record.size()) {
    throw Error(format("no union of these members has {} bytes", record.size()));
  }
}

}  // namespace bpfbuild::emit
