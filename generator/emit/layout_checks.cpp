#include "emit/layout_checks.hpp"

#include <iterator>

#include "emit/enumeration.hpp"
#include "emit/user_definition.hpp"
#include "select/fields.hpp"
#include "support/format.hpp"

namespace bpfbuild::emit {

using btf::Kind;
using btf::Type;

namespace {

struct Macro {
  std::string_view name;
  std::string_view parameters;
  std::string_view condition;
  std::string_view message;  // of which the end is added
};

constexpr Macro macros[] = {
    {"SIZE", "type, size", "sizeof(type) == (size)", R"(#type " has " #size " bytes)"},
    {"ALIGNMENT", "type, alignment", "BPFBUILD_ALIGNOF(type) == (alignment)",
     R"(#type " is aligned to " #alignment " bytes)"},
    {"MEMBER", "type, member, offset, size",
     "offsetof(type, member) == (offset) && sizeof(((type *)0)->member) == (size)",
     R"(#type ": '" #member "' has " #size " bytes at offset " #offset ")"},
    {"FLEXIBLE", "type, member, offset", "offsetof(type, member) == (offset)",
     R"(#type ": '" #member "' is at offset " #offset ")"},
    {"ENUMERATOR", "integer, name, value", "(integer)(name) == (integer)(value)", R"(#name " is " #value ")"},
};

}  // namespace

std::string layout_check_macros(std::string_view object) {
  std::string text = R"(
#ifdef __cplusplus
#define BPFBUILD_ASSERT static_assert
#define BPFBUILD_ALIGNOF alignof
#else
#define BPFBUILD_ASSERT _Static_assert
#define BPFBUILD_ALIGNOF _Alignof
#endif
)";
  for (const Macro& macro : macros) {
    text += format("#define BPFBUILD_{}({}) \\\n\tBPFBUILD_ASSERT({}, {} in {}, but not here\")\n",
                   macro.name, macro.parameters, macro.condition, macro.message, object);
  }
  return text;
}

std::string layout_check_macros_end() {
  std::string text = "\n#undef BPFBUILD_ASSERT\n#undef BPFBUILD_ALIGNOF\n";
  for (const Macro& macro : macros) text += format("#undef BPFBUILD_{}\n", macro.name);
  return text;
}

void LayoutChecks::size_and_offsets(std::string_view name, btf::TypeId id) {
  // C++ gives a byte to what is empty.
  if (const auto bytes = types_.size_of(id); bytes.value_or(0) != 0) {
    text_ += format("BPFBUILD_SIZE({}, {});\n", name, *bytes);
  }
  if (const Type type = types_.resolved(id); type.is_record()) members(name, {}, type, 0);
}

void LayoutChecks::alignment(std::string_view name, std::uint32_t bytes) {
  text_ += format("BPFBUILD_ALIGNMENT({}, {});\n", name, bytes);
}

void LayoutChecks::members(std::string_view name, const std::string& path, Type record, std::uint64_t base) {
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    const btf::Member each = record.member(i);
    const std::uint64_t offset = base + each.bit_offset / 8;
    if (const auto inlined = select::inlined_record(types_, record, i)) {
      members(name, path, *inlined, offset);
    } else if (each.bit_size == 0) {  // a bitfield has no offset in C
      const std::string own_name = renamed_members_ ? user_name(each.name) : std::string(each.name);
      member(name, path + own_name, each.type, offset);
    }
  }
}

void LayoutChecks::member(std::string_view name, const std::string& path, btf::TypeId id,
                          std::uint64_t offset) {
  const std::uint32_t bytes = types_.size_of(id).value_or(0);
  text_ += bytes == 0 ? format("BPFBUILD_FLEXIBLE({}, {}, {});\n", name, path, offset)
                      : format("BPFBUILD_MEMBER({}, {}, {}, {});\n", name, path, offset, bytes);
  const Type type = types_.without_modifiers(id);
  if (type.is_record() && type.is_anonymous()) members(name, path + ".", type, offset);
}

void LayoutChecks::enumerators(Type type) {
  if (type.kind() == Kind::enum_ && type.size() > 4) return;  // BTF has but half of the values
  const std::string_view integer = type.size() == 8 ? "uint64_t" : "uint32_t";
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    const btf::Enumerator enumerator = type.enumerator(i);
    text_ += format("BPFBUILD_ENUMERATOR({}, {}, {});\n", integer, enumerator.name,
                    enumerator_value(type, enumerator.value));
  }
}

}  // namespace bpfbuild::emit
