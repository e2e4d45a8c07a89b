/// The text of a whole header.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "btf/type_table.hpp"
#include "emit/names.hpp"
#include "emit/places.hpp"
#include "emit/reasons.hpp"
#include "select/selection.hpp"

namespace bpfbuild::emit {

/// The kernel that types come from.
struct Origin {
  std::string architecture;    // empty when the header is not for several
  std::string kernel_release;  // empty when unknown
  std::uint64_t btf_hash;
};

/// Where a header comes from. It stands on top of it, so that a reader knows what it holds and how to renew
/// it.
struct Provenance {
  std::vector<std::string> request;  // type specifications as the user wrote them
  std::vector<Origin> origins;
  std::string regenerate;     // the command that writes the header anew; one line
  bool for_programs = false;  // which included a full vmlinux.h, and do it by this header now
};

/// The declarations and definitions of the selected types. The same arguments give the same text. Throws
/// Error when a type cannot be written as it is in BTF.
std::string body(const btf::TypeTable& types, const select::Selection& selection);

/// The same, with the names from `names`. With the `reasons` of its roots it is for programs that had a full
/// vmlinux.h: each declaration has its reason, or the type that brings it. `places` gets to know what stands
/// where.
std::string body(const btf::TypeTable& types, const select::Selection& selection, Names& names,
                 const Reasons* reasons = nullptr, Places* places = nullptr);

/// Takes a text, part by part.
using Sink = std::function<void(std::string_view)>;

/// The same again, part by part; a part ends where a definition does.
void body(const btf::TypeTable& types, const select::Selection& selection, Names& names, const Sink& sink);

/// Makes a body that comes in parts a header.
class HeaderWriter {
 public:
  HeaderWriter(const Provenance& provenance, std::string_view file_name, Sink sink);

  void add(std::string_view part);
  void finish(std::string_view records = {});

 private:
  void open();

  std::string opening_;
  Sink sink_;
  std::string waiting_;  // parts without a record so far
  bool is_open_ = false;
  bool relocates_ = false;
};

/// A header with such a body, to be included by BPF programs in C: alone, or ahead of libbpf's headers.
/// `file_name` gives the name of the include guard. What CO-RE is to leave alone is in `records`.
std::string header(std::string_view body, const Provenance& provenance, std::string_view file_name,
                   std::string_view records = {});

}  // namespace bpfbuild::emit
