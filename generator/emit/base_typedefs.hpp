/// The typedefs that libbpf's headers take for granted.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "btf/type_table.hpp"

namespace bpfbuild::emit {

struct BaseTypedef {
  std::string_view name;
  std::string_view target;
  std::uint32_t size;
  bool is_signed;
};

/// What bpf_helper_defs.h and the headers around it use without including anything. They mean the same in all
/// kernels, as include/uapi/asm-generic/int-ll64.h and include/uapi/linux/types.h have them, and open every
/// header.
inline constexpr std::array<BaseTypedef, 11> base_typedefs{{
    {"__s8", "signed char", 1, true},
    {"__u8", "unsigned char", 1, false},
    {"__s16", "short", 2, true},
    {"__u16", "unsigned short", 2, false},
    {"__s32", "int", 4, true},
    {"__u32", "unsigned int", 4, false},
    {"__s64", "long long", 8, true},
    {"__u64", "unsigned long long", 8, false},
    {"__be16", "__u16", 2, false},
    {"__be32", "__u32", 4, false},
    {"__wsum", "__u32", 4, false},
}};

/// Whether a type is one of these, so that it need not be written again.
bool is_base_typedef(const btf::TypeTable& types, btf::Type type);

}  // namespace bpfbuild::emit
