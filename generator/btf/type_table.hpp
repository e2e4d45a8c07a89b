/// The types of one BTF: views into its bytes, with nothing allocated for any of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "btf/format.hpp"

namespace bpfbuild::btf {

class TypeTable;

/// A member of a struct or union.
struct Member {
  std::string_view name;  // empty when unnamed
  TypeId type;
  std::uint32_t bit_offset;  // from the start of the struct
  std::uint32_t bit_size;    // width of a bitfield; 0 when it is none
};

/// Where a member lies: both as in Member.
struct Bits {
  std::uint32_t offset;
  std::uint32_t size;
};

struct Enumerator {
  std::string_view name;
  std::int64_t value;  // to be read as unsigned unless the enum is signed
};

struct Array {
  TypeId element;
  TypeId index;
  std::uint32_t count;
};

/// One type: a view, cheap to copy, valid as long as its table. What a method reads must fit the kind.
class Type {
 public:
  Type(const TypeTable& table, TypeId id, const std::uint32_t* words)
      : table_(&table), words_(words), id_(id) {}

  [[nodiscard]] TypeId id() const { return id_; }
  [[nodiscard]] Kind kind() const { return static_cast<Kind>(words_[1] >> 24 & 0x1f); }
  [[nodiscard]] bool kind_flag() const { return words_[1] >> 31 != 0; }
  [[nodiscard]] std::uint32_t item_count() const { return words_[1] & 0xffff; }
  [[nodiscard]] std::uint32_t name_offset() const { return words_[0]; }
  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] bool is_anonymous() const;

  /// Integer, enum, struct, union, data section, float: size in bytes.
  [[nodiscard]] std::uint32_t size() const { return words_[2]; }
  /// Pointer, typedef, const and the like: the type referred to. Function prototype: its result.
  [[nodiscard]] TypeId target() const { return words_[2]; }

  [[nodiscard]] bool is_record() const { return kind() == Kind::struct_ || kind() == Kind::union_; }
  [[nodiscard]] bool is_enum() const { return kind() == Kind::enum_ || kind() == Kind::enum64; }
  /// const, volatile, restrict and type tags: they change how a type is spelled, not what it is.
  [[nodiscard]] bool is_modifier() const;
  /// Forward declaration: of a union rather than of a struct.
  [[nodiscard]] bool is_forward_union() const { return kind_flag(); }

  /// Integer.
  [[nodiscard]] bool is_signed_integer() const { return (items()[0] >> 24 & 1) != 0; }
  [[nodiscard]] bool is_boolean() const { return (items()[0] >> 24 & 4) != 0; }
  [[nodiscard]] std::uint32_t integer_bits() const { return items()[0] & 0xff; }
  [[nodiscard]] std::uint32_t integer_bit_offset() const { return items()[0] >> 16 & 0xff; }

  [[nodiscard]] Array array() const { return {items()[0], items()[1], items()[2]}; }
  /// Struct or union.
  [[nodiscard]] Member member(std::uint32_t index) const;
  /// Its type, its place and whether it has no name, each of which takes less to find out than all of it.
  [[nodiscard]] TypeId member_type(std::uint32_t index) const { return items()[3 * index + 1]; }
  [[nodiscard]] Bits member_bits(std::uint32_t index) const;
  [[nodiscard]] bool is_member_anonymous(std::uint32_t index) const;
  /// Enum of either kind.
  [[nodiscard]] Enumerator enumerator(std::uint32_t index) const;
  /// Function prototype: the type of a parameter; 0 in the last place stands for "...".
  [[nodiscard]] TypeId parameter(std::uint32_t index) const { return items()[2 * index + 1]; }
  /// Its name, which only the prototypes of functions have.
  [[nodiscard]] std::string_view parameter_name(std::uint32_t index) const;
  /// Declaration tag: whether it is on its target itself, rather than on a member or a parameter of it.
  [[nodiscard]] bool tags_whole_target() const { return items()[0] == ~std::uint32_t{0}; }
  /// Type tag: whether its name is that of an attribute, as in `address_space(1)`, rather than just a word.
  [[nodiscard]] bool is_attribute() const { return kind_flag(); }

  /// What follows the type, as it lies in the file.
  [[nodiscard]] const std::uint32_t* items() const { return words_ + 3; }

 private:
  const TypeTable* table_;
  const std::uint32_t* words_;
  TypeId id_;
};

/// All types of one BTF, checked: every offset, id and size that a Type hands out can be trusted, and
/// following types from one to the next comes to an end. Made by parse().
class TypeTable {
 public:
  /// Number of ids, void included: the valid ids are those below it.
  [[nodiscard]] TypeId id_count() const { return static_cast<TypeId>(starts_.size()); }
  [[nodiscard]] Type operator[](TypeId id) const {
    return {*this, id, id == 0 ? void_words : words_ + starts_[id]};
  }

  /// The string at an offset of the string section.
  [[nodiscard]] std::string_view string(std::uint32_t offset) const { return strings_.data() + offset; }
  [[nodiscard]] std::string_view strings() const { return strings_; }

  /// 4 or 8. BTF does not say; it shows in the size of `long`.
  [[nodiscard]] std::uint32_t pointer_size() const { return pointer_size_; }

  /// The kind of a type: nearer at hand than the type.
  [[nodiscard]] Kind kind_of(TypeId id) const { return kinds_[id]; }

  /// The type behind modifiers, or behind typedefs as well.
  [[nodiscard]] Type without_modifiers(TypeId id) const;
  [[nodiscard]] Type resolved(TypeId id) const;

  /// Bytes that a value takes; nothing for what has no values (void, functions, forward declarations), and
  /// for arrays of 4 GiB and more.
  [[nodiscard]] std::optional<std::uint32_t> size_of(TypeId id) const;

  /// All types with this name, of whatever kind, in the order of their ids.
  [[nodiscard]] std::vector<TypeId> find(std::string_view name) const;

  /// "type [4711] struct 'sk_buff'", for messages.
  [[nodiscard]] std::string describe(TypeId id) const;

 private:
  friend class Parser;
  friend class Type;

  [[nodiscard]] Bits bits_by_type(TypeId type, std::uint32_t offset) const;

  static constexpr std::uint32_t void_words[3] = {0, 0, 0};

  std::vector<std::shared_ptr<const void>> owners_;  // of the words and the strings
  const std::uint32_t* words_ = nullptr;             // the type section
  std::vector<std::uint32_t> starts_;                // of each type in it, in words; that of void is unused
  std::vector<Kind> kinds_;                          // of each type
  std::string_view strings_;
  std::uint32_t pointer_size_ = 8;
  bool has_narrow_integers_ = false;  // some have fewer bits than their bytes, as old compilers make them
};

inline bool Type::is_modifier() const {
  switch (kind()) {
    case Kind::const_:
    case Kind::volatile_:
    case Kind::restrict_:
    case Kind::type_tag:
      return true;
    default:
      return false;
  }
}

/// Without the flag a bitfield is known by its type: an integer made for it.
inline Bits Type::member_bits(std::uint32_t index) const {
  const std::uint32_t* const words = items() + std::size_t{3} * index;
  if (kind_flag()) return {words[2] & 0xffffff, words[2] >> 24};
  return table_->has_narrow_integers_ ? table_->bits_by_type(words[1], words[2]) : Bits{words[2], 0};
}

inline Type TypeTable::without_modifiers(TypeId id) const {
  Type type = (*this)[id];
  while (type.is_modifier()) type = (*this)[type.target()];
  return type;
}

inline Type TypeTable::resolved(TypeId id) const {
  Type type = (*this)[id];
  while (type.is_modifier() || type.kind() == Kind::typedef_) type = (*this)[type.target()];
  return type;
}

inline std::string_view Type::name() const { return table_->string(words_[0]); }
inline std::string_view Type::parameter_name(std::uint32_t index) const {
  return table_->string(items()[2 * index]);
}
inline bool Type::is_anonymous() const { return table_->strings()[words_[0]] == '\0'; }
inline bool Type::is_member_anonymous(std::uint32_t index) const {
  return table_->strings()[items()[3 * index]] == '\0';
}

}  // namespace bpfbuild::btf
