#include "btf/check.hpp"

#include <fmt/format.h>

#include "support/error.hpp"

namespace bpfbuild::btf {

namespace {

/// Checks of one type at a time, which look no further than the types that it refers to.
class TypeCheck {
 public:
  explicit TypeCheck(const TypeTable& types) : types_(types) {}

  void references(Type type) const {
    if (!is_string(type.name_offset())) {
      throw Error(fmt::format("type [{}] {}: name offset 0x{:x} is past the end of the string table",
                              type.id(), kind_name(type.kind()), type.name_offset()));
    }
    const std::uint32_t count = type.item_count();
    const std::uint32_t* item = type.items();
    switch (type.kind()) {
      case Kind::integer:
      case Kind::floating:
      case Kind::forward:
        no_items(type);
        break;
      case Kind::pointer:
      case Kind::typedef_:
      case Kind::volatile_:
      case Kind::const_:
      case Kind::restrict_:
      case Kind::type_tag:
        no_items(type);
        refers_to_type(type, "target", type.target());
        break;
      case Kind::array:
        no_items(type);
        refers_to_type(type, "element", type.array().element);
        refers_to_type(type, "index", type.array().index);
        break;
      case Kind::struct_:
      case Kind::union_:
        for (std::uint32_t i = 0; i < count; ++i, item += 3) {
          named(type, "member", i, item[0]);
          refers_to_type(type, "member", item[1], i);
        }
        break;
      case Kind::enum_:
        for (std::uint32_t i = 0; i < count; ++i, item += 2) named(type, "enumerator", i, item[0]);
        break;
      case Kind::enum64:
        for (std::uint32_t i = 0; i < count; ++i, item += 3) named(type, "enumerator", i, item[0]);
        break;
      case Kind::function_prototype:
        refers_to_type(type, "result", type.target());
        for (std::uint32_t i = 0; i < count; ++i, item += 2) {
          named(type, "parameter", i, item[0]);
          refers_to_type(type, "parameter", item[1], i);
          if (item[1] == 0 && i + 1 < count) fail(type, fmt::format("parameter {} is void", i));
        }
        break;
      case Kind::function:
        refers_to_kind(type, "prototype", type.target(), Kind::function_prototype);
        break;
      case Kind::variable:
        no_items(type);
        refers_to_type(type, "target", type.target());
        break;
      case Kind::data_section:
        for (std::uint32_t i = 0; i < count; ++i, item += 3) refers(type, "variable", item[0], i);
        break;
      case Kind::declaration_tag:
        no_items(type);
        refers(type, "target", type.target());
        break;
      case Kind::void_:
        break;
    }
  }

  /// Sizes of one type. Needs a table without loops.
  void sizes(Type type) const {
    switch (type.kind()) {
      case Kind::integer:
        integer(type);
        break;
      case Kind::floating:
        size_among(type, {2, 4, 8, 12, 16});
        break;
      case Kind::enum_:
      case Kind::enum64:
        size_among(type, {1, 2, 4, 8});
        break;
      case Kind::array:
        if (!types_.size_of(type.id())) fail(type, "has no size, or one of 4 GiB and more");
        break;
      case Kind::struct_:
      case Kind::union_:
        for (std::uint32_t i = 0; i < type.item_count(); ++i) member(type, i);
        break;
      default:
        break;
    }
  }

 private:
  [[noreturn]] void fail(Type type, std::string what) const {
    throw Error(std::move(what)).at(types_.describe(type.id()));
  }

  [[nodiscard]] bool is_string(std::uint32_t offset) const { return offset < types_.strings().size(); }

  void no_items(Type type) const {
    if (type.item_count() != 0) {
      fail(type, fmt::format("claims {} items, expected none", type.item_count()));
    }
  }

  void named(Type type, std::string_view item, std::uint32_t index, std::uint32_t name_offset) const {
    if (is_string(name_offset)) return;
    fail(type, fmt::format("{} {} has the name offset 0x{:x}, past the end of the string table", item, index,
                           name_offset));
  }

  static constexpr std::uint32_t no_index = ~0U;

  static std::string place(std::string_view item, std::uint32_t index) {
    return index == no_index ? std::string(item) : fmt::format("{} {}", item, index);
  }

  void refers(Type type, std::string_view item, TypeId to, std::uint32_t index = no_index) const {
    if (to >= types_.id_count()) {
      fail(type, fmt::format("{} refers to missing type [{}]", place(item, index), to));
    }
  }

  void refers_to_kind(Type type, std::string_view item, TypeId to, Kind kind) const {
    refers(type, item, to);
    if (types_[to].kind() != kind) {
      fail(type, fmt::format("{} refers to type [{}], a {}, expected a {}", item, to,
                             kind_name(types_[to].kind()), kind_name(kind)));
    }
  }

  /// Functions, variables, sections and tags are declarations: nothing can have them as its type.
  void refers_to_type(Type type, std::string_view item, TypeId to, std::uint32_t index = no_index) const {
    refers(type, item, to, index);
    switch (types_[to].kind()) {
      case Kind::function:
      case Kind::variable:
      case Kind::data_section:
      case Kind::declaration_tag:
        fail(type, fmt::format("{} refers to type [{}], a {}, which is no type for values",
                               place(item, index), to, kind_name(types_[to].kind())));
      default:
        break;
    }
  }

  void size_among(Type type, std::initializer_list<std::uint32_t> sizes) const {
    for (const std::uint32_t size : sizes) {
      if (type.size() == size) return;
    }
    fail(type, fmt::format("has {} bytes, which none of its kind has", type.size()));
  }

  void integer(Type type) const {
    size_among(type, {1, 2, 4, 8, 16});
    const std::uint32_t end = type.integer_bit_offset() + type.integer_bits();
    if (type.integer_bits() == 0 || end > type.size() * 8) {
      fail(type, fmt::format("has {} bits at bit {} of {} bytes", type.integer_bits(),
                             type.integer_bit_offset(), type.size()));
    }
  }

  void member(Type type, std::uint32_t index) const {
    const Member member = type.member(index);
    const auto size = types_.size_of(member.type);
    if (!size) {
      fail(type, fmt::format("member {} '{}' is of {}, which has no size", index, member.name,
                             types_.describe(member.type)));
    }
    if (member.bit_size != 0) {
      const Type base = types_.resolved(member.type);
      if ((base.kind() != Kind::integer && !base.is_enum()) || member.bit_size > *size * 8) {
        fail(type, fmt::format("member {} '{}' cannot be a bitfield of {} bits", index, member.name,
                               member.bit_size));
      }
    } else if (member.bit_offset % 8 != 0) {
      fail(type, fmt::format("member {} '{}' starts at bit {}, within a byte", index, member.name,
                             member.bit_offset));
    }
    const std::uint64_t bits = member.bit_size != 0 ? member.bit_size : std::uint64_t{*size} * 8;
    if (member.bit_offset + bits > std::uint64_t{type.size()} * 8) {
      fail(type, fmt::format("member {} '{}' ends at bit {}, past the end at {}", index, member.name,
                             member.bit_offset + bits, std::uint64_t{type.size()} * 8));
    }
    if (type.kind() == Kind::union_ && member.bit_offset != 0) {
      fail(type,
           fmt::format("member {} '{}' of a union starts at bit {}", index, member.name, member.bit_offset));
    }
  }

  const TypeTable& types_;
};

}  // namespace

void check(const TypeTable& types) {
  const TypeCheck check(types);
  for (TypeId id = 1; id < types.id_count(); ++id) check.references(types[id]);
  check_nesting(types);
  for (TypeId id = 1; id < types.id_count(); ++id) check.sizes(types[id]);
}

}  // namespace bpfbuild::btf
