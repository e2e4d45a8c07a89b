#include "layout_comparison.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <string_view>

#include "btf/file.hpp"
#include "btf/parser.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::golden {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;
using btf::TypeTable;

/// "struct ", "union ", "enum ", or nothing for a typedef.
std::string_view keyword(Type type) {
  if (type.kind() == Kind::typedef_) return "";
  return type.is_enum() ? "enum " : type.kind() == Kind::union_ ? "union " : "struct ";
}

/// Whether a name is another one, or a flavour of it that tells types of one name apart.
bool is_or_is_flavour_of(std::string_view name, std::string_view other) {
  return name == other || name.starts_with(format("{}___", other));
}

/// A program that uses the types, so that clang describes them.
std::string program(const TypeTable& source, std::span<const NamedType> types,
                    const std::filesystem::path& header) {
  std::string text = format("#include \"{}\"\n", header.filename().native());
  for (const NamedType& named : types) {
    // A typedef may be of what has no values.
    const bool has_values = source.size_of(named.type.id()).has_value();
    text += format("{} {}use_{};\n", named.name, has_values ? "" : "*", named.type.id());
    if (named.type.kind() != Kind::enum64) continue;
    // Before version 15 clang cut these values in its BTF, though not in what it compiles.
    for (std::uint32_t i = 0; i < named.type.item_count(); ++i) {
      const btf::Enumerator enumerator = named.type.enumerator(i);
      text += format("_Static_assert((unsigned long long){} == {}ULL, \"\");\n", enumerator.name,
                     static_cast<std::uint64_t>(enumerator.value));
    }
  }
  return text;
}

class Comparison {
 public:
  Comparison(const TypeTable& kernel, const TypeTable& compiled) : kernel_(kernel), compiled_(compiled) {
    for (TypeId id = 1; id < compiled_.id_count(); ++id) {
      const Type type = compiled_[id];
      if (type.is_record() || type.is_enum() || type.kind() == Kind::typedef_) {
        by_name_[format("{}{}", keyword(type), type.name())] = id;
      }
    }
  }

  /// Whether the type came out as it is in the kernel; prints what is wrong.
  bool holds(const NamedType& expected) {
    name_ = expected.name;
    const auto found = by_name_.find(name_);
    if (found == by_name_.end()) return wrong("is absent");
    const Type actual = compiled_[found->second];
    if (expected.type.kind() == Kind::typedef_) return same_typedef(expected.type, actual, expected.fields);
    return expected.type.is_enum() ? same_enum(expected.type, actual)
                                   : same_record(expected.type, actual, expected.fields);
  }

 private:
  bool same_typedef(Type expected, Type actual, const select::Fields& fields) {
    if (kernel_.size_of(expected.id()) != compiled_.size_of(actual.id())) return wrong("has another size");
    const Type target = kernel_.resolved(expected.id());
    const Type actual_target = compiled_.resolved(actual.id());
    if (!target.is_anonymous()) return true;
    if (target.is_enum()) return same_enum(target, actual_target);
    return !target.is_record() || same_record(target, actual_target, fields);
  }

  bool wrong(std::string_view what) {
    std::cout << format("{} {}\n", name_, what);
    return false;
  }

  bool same_record(Type expected, Type actual, const select::Fields& fields) {
    if (expected.kind() != actual.kind()) return wrong("is of another kind");
    if (expected.size() != actual.size()) {
      return wrong(format("has {} bytes, expected {}", actual.size(), expected.size()));
    }
    std::vector<btf::Member> members;
    for (std::uint32_t i = 0; i < actual.item_count(); ++i) {
      if (fields.all || !actual.member(i).name.starts_with("__other")) members.push_back(actual.member(i));
    }
    auto next = members.begin();
    for (std::uint32_t i = 0; i < expected.item_count(); ++i) {
      if (!fields.includes(i)) continue;
      if (next == members.end()) return wrong("has too few members");
      if (!same_member(expected.member(i), *next++, fields.of(i))) return false;
    }
    return next == members.end() || wrong("has too many members");
  }

  bool same_member(const btf::Member& expected, const btf::Member& actual, const select::Fields& fields) {
    const auto fail = [&](std::string_view what) {
      return wrong(format("member '{}': {}", expected.name, what));
    };
    if (expected.name != actual.name) return fail("another name");
    if (expected.bit_offset != actual.bit_offset) {
      return fail(format("at bit {}, expected {}", actual.bit_offset, expected.bit_offset));
    }
    if (kernel_.size_of(expected.type) != compiled_.size_of(actual.type)) return fail("another size");
    // Some producers of BTF take a bitfield of all bits of its type for none.
    const std::uint32_t all_bits = 8 * kernel_.size_of(expected.type).value_or(0);
    const auto width = [&](std::uint32_t bit_size) { return bit_size == 0 ? all_bits : bit_size; };
    if (width(expected.bit_size) != width(actual.bit_size)) return fail("another width");

    const Type record = kernel_.resolved(expected.type);
    if (!record.is_record() || !record.is_anonymous()) return true;
    return same_record(record, compiled_.resolved(actual.type), fields);
  }

  bool same_enum(Type expected, Type actual) {
    if (!actual.is_enum() || expected.size() != actual.size()) return wrong("is another enum");
    if (expected.item_count() != actual.item_count()) return wrong("has another number of enumerators");
    const bool is_wide = actual.kind() == Kind::enum64;
    const std::uint64_t mask = is_wide ? ~std::uint64_t{0} : 0xffffffff;
    for (std::uint32_t i = 0; i < expected.item_count(); ++i) {
      const btf::Enumerator a = expected.enumerator(i);
      const btf::Enumerator b = actual.enumerator(i);
      if (!is_or_is_flavour_of(b.name, a.name)) return wrong("has an enumerator of another name");
      const std::uint64_t difference =
          static_cast<std::uint64_t>(a.value) ^ static_cast<std::uint64_t>(b.value);
      if ((difference & mask) != 0) return wrong(format("enumerator '{}' has another value", a.name));
    }
    return true;
  }

  const TypeTable& kernel_;
  const TypeTable& compiled_;
  std::map<std::string, TypeId> by_name_;
  std::string name_;
};

}  // namespace

std::vector<NamedType> named_types(const btf::TypeTable& types) {
  std::vector<NamedType> found;
  std::map<std::string_view, int> uses;
  std::map<std::string_view, Type> typedefs;  // but for those that share their name
  std::set<std::string_view> shared;
  for (TypeId id = 1; id < types.id_count(); ++id) {
    const Type type = types[id];
    if (type.kind() == Kind::typedef_ && !typedefs.emplace(type.name(), type).second)
      shared.insert(type.name());
    for (std::uint32_t i = 0; type.is_enum() && i < type.item_count(); ++i)
      shared.insert(type.enumerator(i).name);
    if (type.is_anonymous() || !(type.is_record() || (type.is_enum() && type.item_count() > 0))) continue;
    const int use = ++uses[type.name()];
    const std::string flavour = use == 1 ? std::string() : format("___{}", use);
    found.push_back({type, format("{}{}{}", keyword(type), type.name(), flavour)});
  }
  for (const auto& [name, type] : typedefs) {
    if (shared.count(name) == 0 && !name.starts_with("__builtin_"))
      found.push_back({type, std::string(name)});
  }
  return found;
}

bool compile(const Compiler& compiler, const std::filesystem::path& source,
             const std::filesystem::path& object) {
  const std::string command =
      format("{} -target {} -g -O2 -Wall -Wextra -Werror -c {} -o {}", shell_quote(compiler.clang),
             compiler.target, shell_quote(source.native()), shell_quote(object.native()));
  return std::system(command.c_str()) == 0;
}

std::size_t count_wrong(const btf::TypeTable& source, std::span<const NamedType> types,
                        const Compiler& compiler, const std::filesystem::path& header) {
  const std::filesystem::path user = header.parent_path() / "types.c";
  const std::filesystem::path object = header.parent_path() / "types.o";
  write_if_changed(user, program(source, types, header));
  if (!compile(compiler, user, object)) return std::max<std::size_t>(types.size(), 1);
  if (types.empty()) return 0;

  return count_differing(source, types, btf::parse(btf::read(btf::open(object)).btf));
}

std::size_t count_differing(const btf::TypeTable& source, std::span<const NamedType> types,
                            const btf::TypeTable& compiled) {
  Comparison comparison(source, compiled);
  return static_cast<std::size_t>(std::count_if(
      types.begin(), types.end(), [&](const NamedType& type) { return !comparison.holds(type); }));
}

}  // namespace bpfbuild::golden
