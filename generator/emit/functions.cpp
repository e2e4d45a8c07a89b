#include "emit/functions.hpp"

#include <algorithm>

#include "select/kfuncs.hpp"

namespace bpfbuild::emit {

namespace {

constexpr std::string_view opening = R"(
// Functions of the kernel; bpf_ksym_exists() tells whether the running one has them.
#ifndef BPF_NO_KFUNC_PROTOTYPES
)";

constexpr std::string_view fastcall_macro = R"(#ifndef __bpf_fastcall
#if __has_attribute(bpf_fastcall)
#define __bpf_fastcall __attribute__((bpf_fastcall))
#else
#define __bpf_fastcall
#endif
#endif
)";

/// bpf_helpers.h of libbpf 1.6 declares this one, with a parameter that newer kernels do not show.
constexpr std::string_view contested = "bpf_stream_vprintk";
constexpr std::string_view unless_contested = R"(#if __has_include(<bpf/libbpf_version.h>)
#include <bpf/libbpf_version.h>
#endif
#if LIBBPF_MAJOR_VERSION != 1 || LIBBPF_MINOR_VERSION != 6
)";

}  // namespace

void append_functions(TextBuffer& text, const btf::TypeTable& types, std::vector<btf::TypeId> ids,
                      DefinitionWriter& writer, const Reasons* reasons) {
  if (!ids.empty() || reasons != nullptr) text += ksym_macros;
  if (ids.empty()) return;
  std::sort(ids.begin(), ids.end(),
            [&](btf::TypeId a, btf::TypeId b) { return types[a].name() < types[b].name(); });
  const std::vector<btf::TypeId> fast = select::functions_tagged(types, "bpf_fastcall");
  const auto is_fast = [&](btf::TypeId id) { return std::binary_search(fast.begin(), fast.end(), id); };

  text += opening;
  if (std::any_of(ids.begin(), ids.end(), is_fast)) text += fastcall_macro;
  text += "\n";
  for (const btf::TypeId id : ids) {
    const bool is_contested = types[id].name() == contested;
    if (is_contested) text += unless_contested;
    writer.declare_function(types[id], is_fast(id) ? "__bpf_fastcall" : "");
    if (reasons != nullptr) text.insert(text.size() - 1, comment_of(*reasons, id));
    if (is_contested) text += "#endif\n";
  }
  text += "#endif\n";
}

}  // namespace bpfbuild::emit
