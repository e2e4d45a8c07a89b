/// Definitions of types of a BPF object as C and C++ of user space.
#pragma once

#include <string>
#include <string_view>

#include "btf/type_table.hpp"
#include "emit/layout.hpp"

namespace bpfbuild::emit {

/// Whether user space says a typedef by its name: that of a record or enum without another name. Any other
/// typedef is said by what it stands for.
bool is_spelled_by_typedef(const btf::TypeTable& types, btf::Type type);

/// What user space calls a member: `class_` for `class` and the like, which C++ has other uses for.
std::string user_name(std::string_view member);

/// Writes definitions at the end of one text, each of which needs those of the types that it holds by value.
/// Integers become those of stdint.h, pointers uint64_t, and enums without a name integers. What C would
/// leave free becomes a member `_padding_<n>`, or an unnamed bitfield among bitfields.
class UserDefinitionWriter {
 public:
  UserDefinitionWriter(const btf::TypeTable& types, std::string& text)
      : types_(types), layouts_(types), text_(text) {}

  /// `struct event { ... };`, or an enum. Throws Error for what cannot be written.
  void define(btf::Type type);
  /// `typedef ... name;`
  void define_typedef(btf::TypeId target, std::string_view name);

  /// Bytes that a value of this type is aligned to.
  std::uint32_t alignment_of(btf::TypeId id) { return layouts_.alignment_of(id); }

 private:
  void declare(btf::TypeId id, std::string_view name, std::size_t depth);
  void spell(btf::Type type, std::size_t depth);
  void record(btf::Type type, std::size_t depth);
  void members(btf::Type type, std::size_t depth);
  void member(btf::Type type, std::uint32_t index, std::size_t depth);
  void padding(std::uint64_t from, std::uint64_t to, std::size_t depth);
  void enumeration(btf::Type type);
  void indent(std::size_t depth) { text_.append(depth, '\t'); }

  const btf::TypeTable& types_;
  Layouts layouts_;
  std::string& text_;
  int paddings_ = 0;  // of the current definition: members of unnamed records share a scope
};

}  // namespace bpfbuild::emit
