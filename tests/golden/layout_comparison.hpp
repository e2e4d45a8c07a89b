/// Whether the compiler makes of a generated header what it was generated from.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "btf/type_table.hpp"
#include "select/fields.hpp"

namespace bpfbuild::golden {

/// A struct, union, enum or typedef, the name that it has in the header, "struct foo" or a flavour of it, and
/// the fields that it has there.
struct NamedType {
  btf::Type type;
  std::string name;
  select::Fields fields = select::Fields::whole();
};

/// All types that have a name and a definition. Those of one name get its flavours in the order of their ids;
/// of typedefs, only those that share their name with no other and no enumerator.
std::vector<NamedType> named_types(const btf::TypeTable& types);

struct Compiler {
  std::string clang;
  std::string target = "bpf";
};

/// Has clang compile a file, with all warnings as errors. False when it does not compile.
bool compile(const Compiler& compiler, const std::filesystem::path& source,
             const std::filesystem::path& object);

/// Compiles a program that uses the types out of `header`, in the directory of the header, and compares the
/// BTF of that with the source of the types: sizes, members and their offsets, bitfields, enumerators. Prints
/// what differs, and returns of how many types; of all, where the program does not compile.
std::size_t count_wrong(const btf::TypeTable& source, std::span<const NamedType> types,
                        const Compiler& compiler, const std::filesystem::path& header);

/// The same comparison with BTF that was made elsewhere.
std::size_t count_differing(const btf::TypeTable& source, std::span<const NamedType> types,
                            const btf::TypeTable& compiled);

}  // namespace bpfbuild::golden
