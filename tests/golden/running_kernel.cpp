/// Writes every named struct, union and enum of the running kernel into one header, has clang compile it for
/// BPF, and compares the BTF that clang makes of it with the kernel's: sizes, the members and their offsets,
/// bitfields, enumerators. Nothing may differ and nothing may be missing.
///
/// The time that clang takes for the BTF of an object grows with the square of its types, so the header is
/// compiled for some hundreds of types at a time.
///
///   golden_running_kernel CLANG DIRECTORY
///
/// Ends with 77, which ctest takes for "skipped", where the kernel shows no BTF.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "btf/file.hpp"
#include "btf/parser.hpp"
#include "emit/header.hpp"
#include "select/selection.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace {

using namespace bpfbuild;
using btf::Kind;
using btf::Type;
using btf::TypeId;
using btf::TypeTable;

constexpr int skipped = 77;

std::string_view keyword(Type type) {
  return type.is_enum() ? "enum" : type.kind() == Kind::union_ ? "union" : "struct";
}

/// Names without the flavour that tells types of one name apart.
std::string_view essential_name(std::string_view name) { return name.substr(0, name.find("___")); }

/// A type of the kernel and the name that it must get: its own, or a flavour of it where that is taken.
struct NamedType {
  Type type;
  std::string name;
};

std::vector<NamedType> named_types(const TypeTable& types) {
  std::vector<NamedType> found;
  std::map<std::string_view, int> uses;
  for (TypeId id = 1; id < types.id_count(); ++id) {
    const Type type = types[id];
    if (type.is_anonymous() || !(type.is_record() || (type.is_enum() && type.item_count() > 0))) continue;
    const int use = ++uses[type.name()];
    const std::string flavour = use == 1 ? std::string() : fmt::format("___{}", use);
    found.push_back({type, fmt::format("{} {}{}", keyword(type), type.name(), flavour)});
  }
  return found;
}

/// A program that uses the types, so that clang describes them.
std::string program(std::span<const NamedType> types) {
  std::string text = "#include \"all_types.h\"\n";
  for (const NamedType& named : types) {
    text += fmt::format("{} use_{};\n", named.name, named.type.id());
    if (named.type.kind() != Kind::enum64) continue;
    // Before version 15 clang cut these values in its BTF, though not in what it compiles.
    for (std::uint32_t i = 0; i < named.type.item_count(); ++i) {
      const btf::Enumerator enumerator = named.type.enumerator(i);
      text += fmt::format("_Static_assert((unsigned long long){} == {}ULL, \"\");\n", enumerator.name,
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
      if (type.is_record() || type.is_enum()) by_name_[fmt::format("{} {}", keyword(type), type.name())] = id;
    }
  }

  /// Whether the type came out as it is in the kernel; prints what is wrong.
  bool holds(const NamedType& expected) {
    name_ = expected.name;
    const auto found = by_name_.find(name_);
    if (found == by_name_.end()) return wrong("is absent");
    const Type actual = compiled_[found->second];
    return expected.type.is_enum() ? same_enum(expected.type, actual) : same_record(expected.type, actual);
  }

 private:
  bool wrong(std::string_view what) {
    fmt::print("{} {}\n", name_, what);
    return false;
  }

  bool same_record(Type expected, Type actual) {
    if (expected.kind() != actual.kind()) return wrong("is of another kind");
    if (expected.size() != actual.size()) {
      return wrong(fmt::format("has {} bytes, expected {}", actual.size(), expected.size()));
    }
    if (expected.item_count() != actual.item_count()) return wrong("has another number of members");
    for (std::uint32_t i = 0; i < expected.item_count(); ++i) {
      if (!same_member(expected.member(i), actual.member(i))) return false;
    }
    return true;
  }

  bool same_member(const btf::Member& expected, const btf::Member& actual) {
    const auto fail = [&](std::string_view what) {
      return wrong(fmt::format("member '{}': {}", expected.name, what));
    };
    if (expected.name != actual.name) return fail("another name");
    if (expected.bit_offset != actual.bit_offset) {
      return fail(fmt::format("at bit {}, expected {}", actual.bit_offset, expected.bit_offset));
    }
    if (expected.bit_size != actual.bit_size) return fail("another width");
    if (kernel_.size_of(expected.type) != compiled_.size_of(actual.type)) return fail("another size");

    const Type record = kernel_.resolved(expected.type);
    if (!record.is_record() || !record.is_anonymous()) return true;
    return same_record(record, compiled_.resolved(actual.type));
  }

  bool same_enum(Type expected, Type actual) {
    if (!actual.is_enum() || expected.size() != actual.size()) return wrong("is another enum");
    if (expected.item_count() != actual.item_count()) return wrong("has another number of enumerators");
    const bool is_wide = actual.kind() == Kind::enum64;
    const std::uint64_t mask = is_wide ? ~std::uint64_t{0} : 0xffffffff;
    for (std::uint32_t i = 0; i < expected.item_count(); ++i) {
      const btf::Enumerator a = expected.enumerator(i);
      const btf::Enumerator b = actual.enumerator(i);
      if (essential_name(a.name) != essential_name(b.name)) return wrong("has an enumerator of another name");
      const std::uint64_t difference =
          static_cast<std::uint64_t>(a.value) ^ static_cast<std::uint64_t>(b.value);
      if ((difference & mask) != 0) return wrong(fmt::format("enumerator '{}' has another value", a.name));
    }
    return true;
  }

  const TypeTable& kernel_;
  const TypeTable& compiled_;
  std::map<std::string, TypeId> by_name_;
  std::string name_;
};

/// How many of the types are wrong in what clang makes of the header; all of them where it does not compile.
std::size_t count_wrong(const TypeTable& kernel, std::span<const NamedType> types, const std::string& clang,
                        const std::filesystem::path& directory) {
  const std::filesystem::path source = directory / "types.c";
  const std::filesystem::path object = directory / "types.o";
  write_if_changed(source, program(types));
  const std::string command =
      fmt::format("{} -target bpf -g -O2 -Wall -Werror -c {} -o {}", shell_quote(clang),
                  shell_quote(source.native()), shell_quote(object.native()));
  if (std::system(command.c_str()) != 0) return types.size();

  const TypeTable compiled = btf::parse(btf::read(btf::open(object)));
  Comparison comparison(kernel, compiled);
  return static_cast<std::size_t>(std::count_if(
      types.begin(), types.end(), [&](const NamedType& type) { return !comparison.holds(type); }));
}

int run(const std::string& clang, const std::filesystem::path& directory) {
  const Bytes bytes = btf::read(btf::open(btf::running_kernel));
  const TypeTable kernel = btf::parse(bytes);
  const std::vector<NamedType> types = named_types(kernel);
  std::vector<select::Root> roots;
  for (const NamedType& named : types) roots.push_back({named.type.id(), select::Fields::whole()});

  std::filesystem::create_directories(directory);
  const emit::Provenance provenance{{"every type"}, {}, btf::hash(bytes), "ctest -R golden.running_kernel"};
  write_if_changed(directory / "all_types.h",
                   emit::header(kernel, select::close_by_value(kernel, roots), provenance, "all_types.h"));

  constexpr std::size_t types_at_a_time = 700;
  std::size_t wrong = 0;
  for (std::size_t first = 0; first < types.size(); first += types_at_a_time) {
    const std::size_t count = std::min(types_at_a_time, types.size() - first);
    wrong += count_wrong(kernel, std::span(types).subspan(first, count), clang, directory);
  }
  fmt::print("{} types, {} wrong or absent\n", types.size(), wrong);
  return wrong == 0 && !types.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  if (::access(btf::running_kernel, R_OK) != 0) {
    fmt::print("skipped: {} cannot be read\n", btf::running_kernel);
    return skipped;
  }
  try {
    return run(argv[1], argv[2]);
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return EXIT_FAILURE;
  }
}
