/// Looking things up in the types of a kernel.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "btf/sources.hpp"

namespace bpfbuild::compat {

class KernelTypes {
 public:
  explicit KernelTypes(const btf::Kernel& kernel) : kernel_(kernel) {}

  [[nodiscard]] const btf::TypeTable& table() const { return kernel_.types; }

  enum class Where { anywhere, kernel, modules };
  /// The first type of this name and kind: of the kernel itself, else of its modules.
  [[nodiscard]] std::optional<btf::TypeId> find(std::string_view name, btf::Kind kind,
                                                Where where = Where::anywhere) const;

  /// The values of an enum, without those that only count them; nothing where there is no such enum.
  [[nodiscard]] std::optional<std::set<std::int64_t>> values_of_enum(std::string_view name) const;

  /// The index of a member with this name in a struct, without those of unnamed members.
  [[nodiscard]] std::optional<std::uint32_t> member_of(btf::TypeId record, std::string_view name) const;

 private:
  const btf::Kernel& kernel_;
};

}  // namespace bpfbuild::compat
