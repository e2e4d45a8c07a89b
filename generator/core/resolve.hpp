/// What CO-RE relocations come out as with the types of a kernel: the rules of libbpf's relo_core.c, so that
/// it can be told without that kernel and without rights. libbpf's own interface resolves relocations only on
/// the way into a running kernel.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "btf/type_table.hpp"
#include "core/access.hpp"
#include "object/core_relocations.hpp"

namespace bpfbuild::core {

/// What is asked, answered with the types of one side.
struct Answer {
  std::uint64_t value = 0;
  bool is_missing = false;        // there is no answer, which poisons the instruction
  bool is_exact = true;           // the instruction must hold the value; not so for bitfields and type ids
  std::uint32_t access_size = 0;  // of a field or element that is read or written; 0 for everything else
  btf::TypeId access_type = 0;
};

struct Resolution {
  enum class State { resolved, missing, refused };
  State state;
  Answer before, now;          // the object's and the kernel's
  bool can_be_resized = true;  // whether a load or store may change its size from one to the other
  std::string reason;          // why it is missing or refused, or what is not there when `now` tells so
};

/// Resolves the relocations of one object for one kernel, in the order of .BTF.ext: a candidate that one of
/// them has ruled out for a type is out for those that follow.
class Resolver {
 public:
  /// The tables must outlive it. Types from `module_types` on are those of modules, which count where the
  /// kernel itself has none of the name.
  Resolver(const btf::TypeTable& local, const std::vector<object::CoreRelocation>& relocations,
           const btf::TypeTable& kernel, btf::TypeId module_types);

  [[nodiscard]] Resolution resolve(const object::CoreRelocation& relocation);

 private:
  std::vector<btf::TypeId>& candidates(btf::TypeId local);
  Resolution match(const object::CoreRelocation& relocation);

  const btf::TypeTable& local_;
  const btf::TypeTable& kernel_;
  btf::TypeId module_types_;
  std::unordered_map<std::string_view, std::vector<btf::TypeId>> by_name_;  // without flavours
  std::unordered_map<btf::TypeId, std::vector<btf::TypeId>> candidates_;    // by the object's type
};

}  // namespace bpfbuild::core
