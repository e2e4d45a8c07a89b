/// The text of a whole header.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "btf/type_table.hpp"
#include "select/selection.hpp"

namespace bpfbuild::emit {

/// Where a header comes from. It stands on top of it, so that a reader knows what it holds and how to renew
/// it.
struct Provenance {
  std::vector<std::string> request;  // type specifications as the user wrote them
  std::string kernel_release;        // empty when unknown
  std::uint64_t btf_hash;
  std::string regenerate;  // the command that writes the header anew; one line
};

/// A header with the selected types, to be included by BPF programs in C: alone, or ahead of libbpf's
/// headers. `file_name` gives the name of the include guard. The same arguments give the same text. Throws
/// Error when a type cannot be written as it is in BTF.
std::string header(const btf::TypeTable& types, const select::Selection& selection,
                   const Provenance& provenance, std::string_view file_name);

}  // namespace bpfbuild::emit
