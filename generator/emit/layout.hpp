/// What a definition in C has to say besides its members for each of them to come out where BTF has it.
#pragma once

#include <cstdint>
#include <vector>

#include "btf/type_table.hpp"
#include "select/fields.hpp"

namespace bpfbuild::emit {

/// Bits that C would not leave free by itself.
struct Padding {
  std::uint32_t member;  // the one that it stands in front of; one past the last for the end of the record
  std::uint64_t from;    // the bit of the record that it begins at
  std::uint64_t bits;
};

/// Layout of a struct or union.
struct Layout {
  bool packed = false;
  std::uint32_t aligned = 0;      // the argument of an aligned attribute, 0 for none
  std::uint32_t alignment = 1;    // of the record as written
  std::vector<Padding> paddings;  // in the order of the members
};

/// Finds layouts by the rules of clang and gcc for BPF: pointers and `long` of 8 bytes, bitfields as in the
/// System V ABI. BTF tells sizes and offsets but no attribute, so these are inferred: a record is packed when
/// a member lies off its alignment or the size is no multiple of it, and what C would not leave free is
/// padded.
class Layouts {
 public:
  explicit Layouts(const btf::TypeTable& types) : types_(types), known_(types.id_count()) {}

  /// Throws Error when no C definition has the record's size and offsets.
  Layout of(btf::Type record);

  /// Of a record with some of its members, in which padding takes the place of the others. Throws what of()
  /// throws.
  Layout of_part(btf::Type record, const select::Fields& fields);

  /// Alignment of a type as written, in bytes. Throws Error for what cannot be written at its size.
  std::uint32_t alignment_of(btf::TypeId id);

 private:
  /// A member as far as the layout goes. All but the index in bits.
  struct Slot {
    std::uint32_t index;
    bool is_bitfield;
    std::uint64_t begin;
    std::uint64_t bits;
    std::uint64_t unit;  // the alignment of its type
  };

  std::vector<Slot> slots_of(btf::Type record, const select::Fields& fields);
  static void lay_out_struct(btf::Type record, const std::vector<Slot>& slots, Layout& layout);
  static void lay_out_union(btf::Type record, const std::vector<Slot>& slots, Layout& layout);
  std::uint32_t alignment_of_value(btf::Type type);

  const btf::TypeTable& types_;
  std::vector<std::uint8_t> known_;  // of records, by type id: one more than the power of two that aligns it
};

}  // namespace bpfbuild::emit
