/// Assertions that user space sees types as a BPF object has them.
#pragma once

#include <string>
#include <string_view>

#include "btf/type_table.hpp"

namespace bpfbuild::emit {

/// Definitions of the macros that LayoutChecks uses, for C11 and C++11, and the end of them. `object`
/// is where the types come from, for the messages.
std::string layout_check_macros(std::string_view object);
std::string layout_check_macros_end();

/// Writes uses of the macros at the end of a text.
class LayoutChecks {
 public:
  /// With `renamed_members` they have the names of user_name(), else their own.
  LayoutChecks(const btf::TypeTable& types, bool renamed_members, std::string& text)
      : types_(types), renamed_members_(renamed_members), text_(text) {}

  /// The size of a type, which user space calls by this name, and the offset and size of each member.
  void size_and_offsets(std::string_view name, btf::TypeId id);
  void alignment(std::string_view name, std::uint32_t bytes);
  void enumerators(btf::Type type);

 private:
  void members(std::string_view name, const std::string& path, btf::Type record, std::uint64_t base);
  void member(std::string_view name, const std::string& path, btf::TypeId type, std::uint64_t offset);

  const btf::TypeTable& types_;
  bool renamed_members_;
  std::string& text_;
};

}  // namespace bpfbuild::emit
