/// The types of a header that bpfbuild wrote, as clang understands them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "btf/type_table.hpp"

namespace bpfbuild::compare {

/// A type that a header defines.
struct NamedType {
  std::string keyword;  // "struct", "union", "enum" or "typedef"
  std::string name;

  /// As messages call it: "struct foo", or just the name of a typedef.
  [[nodiscard]] std::string spelled() const { return keyword == "typedef" ? name : keyword + " " + name; }
};

/// The types of the kernel that a header defines, in its order, without the typedefs that every header has
/// and without the records of tracepoints, of which BTF knows nothing. `text` is what the preprocessor leaves
/// of it.
std::vector<NamedType> defined_types(const std::string& text);

class Header {
 public:
  /// `clang` is a program that compiles for BPF, `architecture` a name as in __TARGET_ARCH_<architecture>, or
  /// empty. Throws Error for a file that cannot be read, that bpfbuild did not write, or that does not
  /// compile.
  Header(std::filesystem::path path, std::string clang, std::string architecture);

  /// What the header was made for: specifications and options, as its provenance has them.
  [[nodiscard]] const std::vector<std::string>& request() const { return request_; }
  /// The command that writes it anew.
  [[nodiscard]] const std::string& regenerate() const { return regenerate_; }

  /// Calls visit(types, id, named) for each of the types.
  void for_each(const std::function<void(const btf::TypeTable&, btf::TypeId, const NamedType&)>& visit) const;

 private:
  std::filesystem::path path_;
  std::string clang_;
  std::string architecture_;
  std::vector<std::string> request_;
  std::string regenerate_;
  std::vector<NamedType> types_;
};

}  // namespace bpfbuild::compare
