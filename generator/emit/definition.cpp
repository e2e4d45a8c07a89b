#include "emit/definition.hpp"

#include <algorithm>
#include <span>

#include "emit/enumeration.hpp"
#include "emit/spelling.hpp"
#include "select/spec.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::emit {

namespace {

using btf::Kind;
using btf::Member;
using btf::Type;
using select::Extent;
using select::Fields;

/// What `__arena` stands for, as in the kernel's own headers for programs.
constexpr std::string_view arena_macro = R"(#ifndef __arena
#ifdef __BPF_FEATURE_ADDR_SPACE_CAST
#define __arena __attribute__((address_space(1)))
#else
#define __arena
#endif
#endif
)";

enum Qualifier : unsigned { is_const = 1, is_volatile = 2, is_restrict = 4, is_in_arena = 8 };

unsigned qualifier(Type type) {
  switch (type.kind()) {
    case Kind::const_:
      return is_const;
    case Kind::volatile_:
      return is_volatile;
    case Kind::restrict_:
      return is_restrict;
    default:
      // The other type tags are for the kernel's own checks.
      return type.is_attribute() && type.name() == "address_space(1)" ? is_in_arena : 0U;
  }
}

}  // namespace

void DefinitionWriter::define(Type type) {
  const std::size_t start = text_.size();
  other_fields_ = 0;
  try {
    const Fields& fields = selection_.fields_of(type.id());
    remark(type, fields);
    places_.add_definition(text_.size(), type.id());
    if (type.kind() == Kind::typedef_) {
      text_ += "typedef ";
      declare(type.target(), names_.of(type), 0, fields);
    } else {
      name(type);
      if (selection_.extent_of(type.id()) == Extent::opaque) {
        opaque_record(type);
      } else if (type.is_record()) {
        record(type, fields, 0);
      } else if (type.item_count() > 0) {
        enumeration(type, fields, 0);
      }
    }
    text_ += ";\n";
    define_arena(start);
  } catch (const Error& error) {
    throw error.at(types_.describe(type.id()));
  }
}

/// Ahead of the first text that wants it.
void DefinitionWriter::define_arena(std::size_t start) {
  if (arena_ != Arena::mentioned) return;
  text_.insert(start, arena_macro);
  places_.move(start, arena_macro.size());
  arena_ = Arena::defined;
}

void DefinitionWriter::declare_function(Type function, std::string_view specifier) {
  const std::size_t start = text_.size();
  try {
    places_.add_definition(text_.size(), function.id());
    text_ += "extern";
    if (!specifier.empty()) word(specifier);
    declare(function.target(), names_.of(function), 0);
    text_ += " __weak __ksym;\n";
    define_arena(start);
  } catch (const Error& error) {
    throw error.at(types_.describe(function.id()));
  }
}

void DefinitionWriter::declare(btf::TypeId id, std::string_view name, std::size_t depth,
                               const Fields& fields) {
  check_length();
  const bool goes_on = before_name(id, 0, depth, fields);
  if (!name.empty()) word(name);
  if (goes_on) after_name(id, depth);
}

bool DefinitionWriter::before_name(btf::TypeId id, Qualifiers qualifiers, std::size_t depth,
                                   const Fields& fields) {
  const Type type = types_[id];
  switch (type.kind()) {
    case Kind::pointer: {
      const bool goes_on = before_name(type.target(), 0, depth, Fields::whole());
      word(goes_on && needs_parentheses(type.target()) ? "(*" : "*");
      qualify(qualifiers);
      return goes_on;
    }
    case Kind::const_:
    case Kind::volatile_:
    case Kind::restrict_:
    case Kind::type_tag:
      return before_name(type.target(), qualifiers | qualifier(type), depth, fields);
    case Kind::array:
      before_name(type.array().element, qualifiers, depth, fields);
      return true;
    case Kind::function_prototype:
      before_name(type.target(), 0, depth, Fields::whole());
      return true;
    default:
      base_type(type, qualifiers & ~is_in_arena, depth, fields);
      qualify(qualifiers & is_in_arena);
      return false;
  }
}

void DefinitionWriter::after_name(btf::TypeId id, std::size_t depth) {
  const Type type = types_.without_modifiers(id);
  switch (type.kind()) {
    case Kind::pointer:
      if (needs_parentheses(type.target())) text_ += ')';
      return after_name(type.target(), depth);
    case Kind::array:
      text_ += '[';
      append_number(text_, type.array().count);
      text_ += ']';
      return after_name(type.array().element, depth);
    case Kind::function_prototype:
      parameters(type, depth);
      return after_name(type.target(), depth);
    default:
      return;
  }
}

void DefinitionWriter::base_type(Type type, Qualifiers qualifiers, std::size_t depth, const Fields& fields) {
  qualify(qualifiers);
  switch (type.kind()) {
    case Kind::void_:
      return word("void");
    case Kind::integer:
    case Kind::floating:
      return word(spelling_of_base_type(type));
    default:
      break;
  }
  if (!type.is_anonymous()) return name(type);
  word(tag_keyword(type));
  if (type.is_enum()) {
    enumeration(type, fields, depth);
  } else {
    record(type, fields, depth);
  }
}

void DefinitionWriter::parameters(Type prototype, std::size_t depth) {
  text_ += '(';
  const std::uint32_t count = prototype.item_count();
  const bool is_without_prototype = count == 1 && prototype.parameter(0) == 0;
  if (count == 0) text_ += "void";
  for (std::uint32_t i = 0; i < count && !is_without_prototype; ++i) {
    if (i > 0) text_ += ", ";
    if (prototype.parameter(i) == 0) {
      text_ += "...";
    } else {
      const std::string_view name = prototype.parameter_name(i);
      declare(prototype.parameter(i), select::is_c_identifier(name) ? name : std::string_view(), depth);
    }
  }
  text_ += ')';
}

bool DefinitionWriter::needs_parentheses(btf::TypeId pointee) const {
  const Kind kind = types_.without_modifiers(pointee).kind();
  return kind == Kind::array || kind == Kind::function_prototype;
}

void DefinitionWriter::name(Type type) {
  if (const std::string_view keyword = tag_keyword(type); !keyword.empty()) word(keyword);
  if (!type.is_anonymous()) word(names_.of(type));
}

void DefinitionWriter::qualify(Qualifiers qualifiers) {
  if (qualifiers == 0) return;
  if ((qualifiers & is_const) != 0) word("const");
  if ((qualifiers & is_volatile) != 0) word("volatile");
  if ((qualifiers & is_restrict) != 0) word("restrict");
  if ((qualifiers & is_in_arena) != 0) {
    word("__arena");
    if (arena_ == Arena::unknown) arena_ = Arena::mentioned;
  }
}

void DefinitionWriter::check_length() const {
  if (text_.size() > longest_header) throw too_long();
}

void DefinitionWriter::remark(Type type, const Fields& fields) {
  if (selection_.extent_of(type.id()) == Extent::opaque) {
    text_ += "// Without its fields: the size and the alignment are those of the kernel's type.\n";
    return;
  }
  if (fields.all) return;
  const Type spelled = type.kind() == Kind::typedef_ ? *select::spelled_type(types_, type.target()) : type;
  if (spelled.is_enum()) {
    const Fields written = enumerators_of(spelled, fields);
    const bool is_whole = written.all || written.chosen.size() == spelled.item_count();
    if (!is_whole) text_ += "// In part, with the size and the sign of the kernel's type.\n";
  } else if (layout_of(spelled, fields)) {
    text_ += "// In part: padding takes the place of the other fields.\n";
  } else {
    text_ +=
        "// In part only: CO-RE finds where the fields are, but the size is not that of the kernel's type.\n";
    if (types_.pointer_size() != 8) {
      text_ +=
          "// The kernel's pointers have 4 bytes: plain access reads these, but BPF_CORE_READ() would read "
          "8.\n";
    }
  }
}

/// Unnamed bitfields that fill the bits from `from` on, none of which crosses a boundary of 64 bits.
void DefinitionWriter::padding(std::uint64_t from, std::uint64_t bits, std::size_t depth) {
  constexpr std::uint64_t unit = 64;
  if (bits == 0) return;
  indent(depth);
  text_ += "long";
  for (std::uint64_t width = 0; bits > 0; from += width, bits -= width) {
    if (width != 0) text_ += ',';
    width = std::min(bits, unit - from % unit);
    text_ += " : ";
    append_number(text_, width);
  }
  text_ += ";\n";
}

/// What the memory of a record begins with; of a union, what clang stores it as.
DefinitionWriter::Element DefinitionWriter::leading_element(Type record) {
  for (Type type = record;;) {
    btf::TypeId next = 0;
    if (type.kind() == Kind::array) {
      next = type.array().element;
    } else if (type.kind() == Kind::pointer) {
      return {"void *", 8};
    } else if (!type.is_record()) {
      const std::uint32_t size = types_.size_of(type.id()).value_or(1);
      return size == 8   ? Element{"long ", 8}
             : size == 4 ? Element{"int ", 4}
             : size == 2 ? Element{"short ", 2}
                         : Element{"char ", 1};
    } else {
      std::pair<std::uint32_t, std::uint32_t> best;  // alignment and size
      for (std::uint32_t i = 0; i < type.item_count() && (i == 0 || type.kind() == Kind::union_); ++i) {
        const btf::Member member = type.member(i);
        if (member.bit_size != 0) continue;
        const std::pair rank(layouts_.alignment_of(member.type), types_.size_of(member.type).value_or(0));
        if (next != 0 && rank <= best) continue;
        best = rank;
        next = member.type;
      }
      if (next == 0) return {"char ", 1};
    }
    type = types_.resolved(next);
  }
}

/// The same in place of fields, with bytes in one array where there are many. At the start of a record the
/// array is of what the record begins with: versions of clang whose pointers have types optimise accesses by
/// the type that they find there.
void DefinitionWriter::other_fields(Type record, std::uint64_t from, std::uint64_t bits, std::size_t depth) {
  if (const Element element = leading_element(record); from == 0 && element.size > 1 &&
                                                       element.size <= layouts_.alignment_of(record.id()) &&
                                                       bits / 8 >= element.size) {
    const std::uint64_t count = bits / 8 / element.size;
    const std::string length = count == 1 ? "" : format("[{}]", count);
    indent(depth);
    text_ += format("{}__other{}{};\n", element.type, other_fields_++, length);
    return padding(count * element.size * 8, bits - count * element.size * 8, depth);
  }
  const std::uint64_t before = std::min(bits, (8 - from % 8) % 8);
  const std::uint64_t bytes = (bits - before) / 8;
  if (bytes <= 8) return padding(from, bits, depth);
  padding(from, before, depth);
  indent(depth);
  text_ += format("char __other{}[{}];\n", other_fields_++, bytes);
  padding(from + before + bytes * 8, bits - before - bytes * 8, depth);
}

void DefinitionWriter::attributes(const Layout& layout) {
  if (!layout.packed && layout.aligned == 0) return;
  text_ += " __attribute__((";
  if (layout.packed) text_ += "packed";
  if (layout.aligned != 0) {
    text_ += format("{}aligned({})", layout.packed ? ", " : "", layout.aligned);
  }
  text_ += "))";
}

std::optional<Layout> DefinitionWriter::layout_of(Type type, const Fields& fields) {
  if (fields.all) return layouts_.of(type);
  try {
    return layouts_.of_part(type, fields);
  } catch (const Error&) {
    return std::nullopt;  // such as of a kernel whose pointers are not those of BPF
  }
}

void DefinitionWriter::record(Type type, const Fields& fields, std::size_t depth) {
  const std::optional<Layout> layout = layout_of(type, fields);
  text_ += " {\n";
  members(type, fields, layout ? std::span<const Padding>(layout->paddings) : std::span<const Padding>(),
          depth + 1);
  indent(depth);
  text_ += '}';
  if (layout) {
    attributes(*layout);
  } else if (depth == 0) {
    text_ += " __attribute__((preserve_access_index))";  // of the records within as well
  }
}

void DefinitionWriter::opaque_record(Type type) {
  text_ += " {\n";
  other_fields(type, 0, std::uint64_t{type.size()} * 8, 1);
  text_ += format("}} __attribute__((aligned({})))", layouts_.of(type).alignment);
}

void DefinitionWriter::members(Type type, const Fields& fields, std::span<const Padding> paddings,
                               std::size_t depth) {
  auto next = paddings.begin();
  const auto pad_before = [&](std::uint32_t index) {
    for (; next != paddings.end() && next->member == index; ++next) {
      if (fields.all) {
        padding(next->from, next->bits, depth);
      } else {
        other_fields(type, next->from, next->bits, depth);
      }
    }
  };
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    pad_before(i);
    if (fields.includes(i)) member(type, i, fields.of(i), depth);
  }
  pad_before(type.item_count());
}

void DefinitionWriter::member(Type type, std::uint32_t index, const Fields& fields, std::size_t depth) {
  places_.add_member(text_.size(), depth, index);
  indent(depth);
  if (const auto inlined = select::inlined_record(types_, type, index)) {
    text_ += tag_keyword(*inlined);
    record(*inlined, fields, depth);
  } else {
    const Member member = type.member(index);
    if (!select::is_c_identifier(member.name)) {
      throw Error(format("member {}: '{}' is not a name in C", index, member.name));
    }
    declare(member.type, member.name, depth, fields);
    if (member.bit_size != 0) {
      text_ += " : ";
      append_number(text_, member.bit_size);
    }
  }
  text_ += ";\n";
}

void DefinitionWriter::enumeration(Type type, const Fields& fields, std::size_t depth) {
  text_ += " {\n";
  const Fields written = enumerators_of(type, fields);
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    if (!written.includes(i)) continue;
    const btf::Enumerator enumerator = type.enumerator(i);
    check_length();
    if (depth == 0) places_.add_member(text_.size(), 1, i);
    indent(depth + 1);
    text_ += names_.claim_enumerator(enumerator.name);
    text_ += " = ";
    text_ += enumerator_value(type, enumerator.value);
    text_ += ",\n";
  }
  indent(depth);
  text_ += '}';
  text_ += enum_attribute(type);
}

}  // namespace bpfbuild::emit
