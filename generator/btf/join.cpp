#include "btf/join.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>

#include "btf/walk.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::btf {

namespace {

constexpr const char* wrong_base = "the module is of another kernel than the base";

/// A range of type ids, or of offsets of strings, that continues that of the base and is to move up.
struct Range {
  const char* what;
  std::uint32_t base_end;  // where the base ends and a module begins
  std::uint32_t own_end;   // where the module ends
  std::uint32_t shift;

  [[nodiscard]] std::uint32_t moved(TypeId id, std::uint32_t number) const {
    if (number < base_end) return number;
    if (number >= own_end) {
      throw Error(format("type [{}]: refers to {} {}, past the end at {}", id, what, number, own_end),
                  wrong_base);
    }
    return number + shift;
  }
};

/// Which words of a type refer to other types; the first word of it, and of each item with a name, is a name.
struct References {
  bool target;              // the third word of the type
  bool item_name;           // the first word of each item
  std::uint8_t item_types;  // bits: words of each item
};

constexpr References references_of(Kind kind) {
  switch (kind) {
    case Kind::pointer:
    case Kind::typedef_:
    case Kind::volatile_:
    case Kind::const_:
    case Kind::restrict_:
    case Kind::type_tag:
    case Kind::function:
    case Kind::variable:
    case Kind::declaration_tag:
      return {true, false, 0};
    case Kind::function_prototype:
      return {true, true, 1 << 1};
    case Kind::array:
      return {false, false, 1 << 0 | 1 << 1};
    case Kind::struct_:
    case Kind::union_:
      return {false, true, 1 << 1};
    case Kind::enum_:
    case Kind::enum64:
      return {false, true, 0};
    case Kind::data_section:
      return {false, false, 1 << 0};
    case Kind::void_:
    case Kind::integer:
    case Kind::forward:
    case Kind::floating:
      return {false, false, 0};
  }
  return {};
}

std::uint32_t count_types(std::span<const std::uint32_t> words, TypeId first) {
  std::uint32_t count = 0;
  for_each_type(words, first, [&](std::uint32_t, Kind) { ++count; });
  return count;
}

void move_type(std::uint32_t* words, TypeId id, const Range& types, const Range& strings) {
  const auto kind = static_cast<Kind>(words[1] >> 24 & 0x1f);
  const References references = references_of(kind);
  const Items items = items_of(kind);
  const std::uint32_t count = items.counted ? words[1] & 0xffff : 1;
  words[0] = strings.moved(id, words[0]);
  if (references.target) words[2] = types.moved(id, words[2]);
  std::uint32_t* item = words + 3;
  for (std::uint32_t i = 0; i < count; ++i, item += items.words) {
    if (references.item_name) item[0] = strings.moved(id, item[0]);
    for (std::uint32_t word = 0; word < items.words; ++word) {
      if ((references.item_types >> word & 1) != 0) item[word] = types.moved(id, item[word]);
    }
  }
}

template <class T>
T* copy_to(T* to, const auto& from) {
  return std::copy(from.begin(), from.end(), to);
}

}  // namespace

Sections join(const Sections& base, std::span<const Module> modules) {
  std::uint64_t word_count = base.words.size();
  std::uint64_t string_bytes = base.strings.size();
  for (const Module& module : modules) {
    word_count += module.sections.words.size();
    string_bytes += module.sections.strings.size();
  }
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  if (word_count > most || string_bytes > most) throw Error("the modules are larger than BTF can be");

  const std::shared_ptr<std::uint32_t[]> words(new std::uint32_t[word_count]);
  const std::shared_ptr<char[]> strings(new char[string_bytes]);
  std::uint32_t* words_end = copy_to(words.get(), base.words);
  char* strings_end = copy_to(strings.get(), base.strings);

  const TypeId base_ids = 1 + count_types(base.words, 1);
  const auto base_strings = static_cast<std::uint32_t>(base.strings.size());
  Range types{"type", base_ids, 0, 0};
  Range names{"the string at", base_strings, 0, 0};
  for (const Module& module : modules) {
    try {
      const std::uint32_t type_count = count_types(module.sections.words, base_ids);
      const auto name_bytes = static_cast<std::uint32_t>(module.sections.strings.size());
      types.own_end = base_ids + type_count;
      names.own_end = base_strings + name_bytes;
      std::uint32_t* const start = words_end;
      words_end = copy_to(words_end, module.sections.words);
      TypeId id = base_ids;
      for_each_type(module.sections.words, base_ids,
                    [&](std::uint32_t position, Kind) { move_type(start + position, id++, types, names); });
      strings_end = copy_to(strings_end, module.sections.strings);
      types.shift += type_count;
      names.shift += name_bytes;
    } catch (const Error& error) {
      throw error.at(module.name);
    }
  }
  return {{words.get(), words_end}, {strings.get(), string_bytes}, {words, strings}};
}

}  // namespace bpfbuild::btf
