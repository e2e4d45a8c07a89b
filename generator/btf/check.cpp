/// Every type by itself and together with what it embeds by value: a walk visits every type once, depth
/// first, and knows the size of all that a record or an array embeds when it returns to it.
#include "btf/check.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::btf {

namespace {

bool has_size(Kind kind) {
  switch (kind) {
    case Kind::integer:
    case Kind::pointer:
    case Kind::array:
    case Kind::struct_:
    case Kind::union_:
    case Kind::enum_:
    case Kind::floating:
    case Kind::enum64:
      return true;
    default:
      return false;
  }
}

/// Functions, variables, sections and tags are declarations: nothing has them as its type.
bool is_declaration(Kind kind) {
  return kind == Kind::function || kind == Kind::variable || kind == Kind::data_section ||
         kind == Kind::declaration_tag;
}

class Checker {
 public:
  explicit Checker(const TypeTable& types)
      : types_(types),
        id_count_(types.id_count()),
        string_length_(static_cast<std::uint32_t>(types.strings().size())),
        depths_(id_count_),
        bases_(id_count_),
        sizes_(id_count_) {
    depths_[0] = 1;
    for (TypeId id = 0; id < id_count_; ++id) bases_[id] = types_.kind_of(id);
  }

  void run() {
    for (TypeId id = 1; id < id_count_; ++id) depth_of(id, 0);
  }

 private:
  // Types and places go by reference and as scalars, and failures out of line: this code runs for each of
  // half a million references.
  static constexpr std::uint32_t no_index = std::numeric_limits<std::uint32_t>::max();

  int depth_of(TypeId id, int level) { return is_known(depths_[id]) ? depths_[id] : walk(id, level); }

  int walk(TypeId id, int level) {
    Depth& known = depths_[id];
    const Type type = types_[id];
    if (known == in_progress) fail(type, "contains itself");
    if (level > deepest_nesting) fail(type, too_deep);

    known = in_progress;
    check_name(type);
    const int depth = 1 + check_embedded(type, level + 1);
    if (depth > deepest_nesting) fail(type, too_deep);
    known = static_cast<Depth>(depth);
    return depth;
  }

  /// Checks a type and what it embeds, and notes its size; the depth of what it embeds.
  int check_embedded(const Type& type, int level) {
    switch (type.kind()) {
      case Kind::integer:
        check_integer(type);
        return 0;
      case Kind::floating:
        check_no_items(type);
        check_size(type, {2, 4, 8, 12, 16});
        return 0;
      case Kind::enum_:
      case Kind::enum64:
        // clang gives no size to an enum that is only declared, pahole that of an int.
        if (type.item_count() != 0 || type.size() != 0) check_size(type, {1, 2, 4, 8});
        check_item_names(type, "enumerator", items_of(type.kind()).words);
        return 0;
      case Kind::pointer:
        check_no_items(type);
        check_type(type, "target", no_index, type.target());
        sizes_[type.id()] = types_.pointer_size();
        return 0;
      case Kind::typedef_:
      case Kind::volatile_:
      case Kind::const_:
      case Kind::restrict_:
      case Kind::type_tag:
        return check_renaming(type, level);
      case Kind::array:
        return check_array(type, level);
      case Kind::struct_:
      case Kind::union_:
        return check_record(type, level);
      case Kind::function_prototype:
        check_prototype(type);
        return 0;
      case Kind::function:
        check_kind(type, "prototype", no_index, type.target(), Kind::function_prototype);
        return 0;
      case Kind::variable:
        check_no_items(type);
        check_type(type, "target", no_index, type.target());
        return 0;
      case Kind::data_section:
        for (std::uint32_t i = 0; i < type.item_count(); ++i)
          check_id(type, "variable", i, type.items()[3 * i]);
        return 0;
      case Kind::declaration_tag:
        check_no_items(type);
        check_id(type, "target", no_index, type.target());
        return 0;
      case Kind::forward:
        check_no_items(type);
        return 0;
      case Kind::void_:
        return 0;
    }
    return 0;
  }

  void check_integer(const Type& type) {
    check_no_items(type);
    check_size(type, {1, 2, 4, 8, 16});
    const std::uint32_t end = type.integer_bit_offset() + type.integer_bits();
    if (type.integer_bits() == 0 || end > type.size() * 8) {
      fail(type, format("has {} bits at bit {} of {} bytes", type.integer_bits(), type.integer_bit_offset(),
                        type.size()));
    }
  }

  int check_renaming(const Type& type, int level) {
    check_no_items(type);
    check_type(type, "target", no_index, type.target());
    const int depth = depth_of(type.target(), level);
    sizes_[type.id()] = sizes_[type.target()];
    bases_[type.id()] = bases_[type.target()];
    return depth;
  }

  int check_array(const Type& type, int level) {
    check_no_items(type);
    const Array array = type.array();
    check_type(type, "element", no_index, array.element);
    check_type(type, "index", no_index, array.index);
    const int depth = depth_of(array.element, level);
    check_has_size(type, "element", no_index, array.element);
    const std::uint64_t size = std::uint64_t{array.count} * sizes_[array.element];
    if (size > std::numeric_limits<std::uint32_t>::max()) {
      fail(type, format("{} elements of {} bytes are too large", array.count, sizes_[array.element]));
    }
    sizes_[type.id()] = static_cast<std::uint32_t>(size);
    return depth;
  }

  int check_record(const Type& type, int level) {
    sizes_[type.id()] = type.size();
    int depth = 0;
    const std::uint32_t* words = type.items();
    for (std::uint32_t i = 0; i < type.item_count(); ++i, words += 3) {
      const TypeId member = words[1];
      check_item_name(type, "member", i, words[0]);
      check_type(type, "member", i, member);
      depth = std::max(depth, depth_of(member, level));
      check_has_size(type, "member", i, member);
      const Bits bits = type.member_bits(i);
      if (bits.size != 0) {
        check_bitfield(type, i);
      } else {
        check_place(type, i, bits.offset, std::uint64_t{sizes_[member]} * 8);
        if (bits.offset % 8 != 0) fail_within_byte(type, i);
      }
    }
    return depth;
  }

  void check_bitfield(const Type& type, std::uint32_t index) const {
    const Member member = type.member(index);
    const Kind base = bases_[member.type];
    const bool is_integral = base == Kind::integer || base == Kind::enum_ || base == Kind::enum64;
    if (!is_integral || member.bit_size > sizes_[member.type] * 8) {
      fail(type, format("member {} cannot be a bitfield of {} bits", index, member.bit_size));
    }
    check_place(type, index, member.bit_offset, member.bit_size);
  }

  void check_place(const Type& type, std::uint32_t index, std::uint32_t bit_offset,
                   std::uint64_t bits) const {
    const std::uint64_t size = std::uint64_t{type.size()} * 8;
    if (bit_offset + bits > size) fail_past_end(type, index, bit_offset + bits);
    if (type.kind() == Kind::union_ && bit_offset != 0) {
      fail(type, format("member {} of a union starts at bit {}", index, bit_offset));
    }
  }

  void check_prototype(const Type& type) const {
    check_type(type, "result", no_index, type.target());
    const std::uint32_t* words = type.items();
    for (std::uint32_t i = 0; i < type.item_count(); ++i, words += 2) {
      check_item_name(type, "parameter", i, words[0]);
      check_type(type, "parameter", i, words[1]);
      if (words[1] == 0 && i + 1 < type.item_count()) fail(type, format("parameter {} is void", i));
    }
  }

  void check_no_items(const Type& type) const {
    if (type.item_count() != 0) fail(type, format("claims {} items, expected none", type.item_count()));
  }

  void check_name(const Type& type) const {
    if (type.name_offset() < string_length_) return;
    throw Error(format("type [{}] {}: name offset 0x{:x} is past the end of the string table", type.id(),
                       kind_name(type.kind()), type.name_offset()));
  }

  void check_item_name(const Type& type, const char* item, std::uint32_t index, std::uint32_t offset) const {
    if (offset >= string_length_) fail_name(type, item, index, offset);
  }

  void check_item_names(const Type& type, const char* item, std::uint32_t words) const {
    for (std::uint32_t i = 0; i < type.item_count(); ++i) {
      check_item_name(type, item, i, type.items()[words * i]);
    }
  }

  void check_size(const Type& type, std::initializer_list<std::uint32_t> sizes) {
    if (std::find(sizes.begin(), sizes.end(), type.size()) == sizes.end()) {
      fail(type, format("has {} bytes, which none of its kind has", type.size()));
    }
    sizes_[type.id()] = type.size();
  }

  void check_has_size(const Type& type, const char* item, std::uint32_t index, TypeId to) const {
    if (!has_size(bases_[to])) fail_size(type, item, index, to);
  }

  void check_id(const Type& type, const char* item, std::uint32_t index, TypeId to) const {
    if (to >= id_count_) fail_id(type, item, index, to);
  }

  void check_type(const Type& type, const char* item, std::uint32_t index, TypeId to) const {
    check_id(type, item, index, to);
    if (is_declaration(bases_[to])) fail_type(type, item, index, to);
  }

  void check_kind(const Type& type, const char* item, std::uint32_t index, TypeId to, Kind expected) const {
    check_id(type, item, index, to);
    if (types_.kind_of(to) != expected) fail_kind(type, item, index, to, expected);
  }

  /// "member 3", or only "target".
  static std::string place(const char* item, std::uint32_t index) {
    return index == no_index ? std::string(item) : format("{} {}", item, index);
  }

  [[noreturn, gnu::cold]] void fail_name(const Type& type, const char* item, std::uint32_t index,
                                         std::uint32_t offset) const {
    fail(type,
         format("{}: name offset 0x{:x} is past the end of the string table", place(item, index), offset));
  }

  [[noreturn, gnu::cold]] void fail_id(const Type& type, const char* item, std::uint32_t index,
                                       TypeId to) const {
    fail(type, format("{} refers to missing type [{}]", place(item, index), to));
  }

  [[noreturn, gnu::cold]] void fail_type(const Type& type, const char* item, std::uint32_t index,
                                         TypeId to) const {
    fail(type, format("{} refers to type [{}], a {}, which is no type of values", place(item, index), to,
                      kind_name(bases_[to])));
  }

  [[noreturn, gnu::cold]] void fail_kind(const Type& type, const char* item, std::uint32_t index, TypeId to,
                                         Kind expected) const {
    fail(type, format("{} refers to type [{}], a {}, expected a {}", place(item, index), to,
                      kind_name(types_.kind_of(to)), kind_name(expected)));
  }

  [[noreturn, gnu::cold]] void fail_size(const Type& type, const char* item, std::uint32_t index,
                                         TypeId to) const {
    fail(type, format("{} is of {}, which has no size", place(item, index), types_.describe(to)));
  }

  [[noreturn, gnu::cold]] void fail_past_end(const Type& type, std::uint32_t index, std::uint64_t end) const {
    fail(type,
         format("member {} ends at bit {}, past the end at {}", index, end, std::uint64_t{type.size()} * 8));
  }

  [[noreturn, gnu::cold]] void fail_within_byte(const Type& type, std::uint32_t index) const {
    fail(type, format("member {} starts at bit {}, within a byte", index, type.member_bits(index).offset));
  }

  [[noreturn, gnu::cold]] void fail(const Type& type, std::string what) const {
    throw Error(std::move(what)).at(types_.describe(type.id()));
  }

  const TypeTable& types_;
  const TypeId id_count_;
  const std::uint32_t string_length_;
  // Of each type. Apart from each other, and so in the fastest cache most of the time.
  std::vector<Depth> depths_;
  std::vector<Kind> bases_;           // kind behind modifiers and typedefs
  std::vector<std::uint32_t> sizes_;  // of a value, in bytes
};

}  // namespace

void check(const TypeTable& types) {
  Checker(types).run();
  check_spelling(
      types);  // it follows references that the first walk does not, so all of them must have been checked
}

}  // namespace bpfbuild::btf
