#include "compat/attach_point.hpp"

#include <algorithm>
#include <iterator>

#include "support/format.hpp"

namespace bpfbuild::compat {

namespace {

using btf::Kind;

/// Those that libbpf finds by name, as what, and what it puts before the name.
struct Form {
  std::string_view section;
  std::string_view what;
  std::string_view prefix;
  Kind kind;
};
constexpr Form forms[] = {{"fentry", "function", "", Kind::function},
                          {"fexit", "function", "", Kind::function},
                          {"fmod_ret", "function", "", Kind::function},
                          {"fsession", "function", "", Kind::function},
                          {"iter", "iterator", "bpf_iter_", Kind::function},
                          {"lsm", "LSM hook", "bpf_lsm_", Kind::function},
                          {"lsm_cgroup", "LSM hook", "bpf_lsm_", Kind::function},
                          {"tp_btf", "tracepoint", "btf_trace_", Kind::typedef_}};

}  // namespace

std::optional<std::string> why_no_attach_point(std::string_view section, const KernelTypes& kernel) {
  if (section.starts_with('?')) section.remove_prefix(1);
  const std::size_t slash = section.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  std::string_view start = section.substr(0, slash);
  std::string_view name = section.substr(slash + 1);
  if (start.ends_with(".s")) start.remove_suffix(2);  // sleepable
  const auto* const form = std::find_if(std::begin(forms), std::end(forms),
                                        [&](const Form& each) { return each.section == start; });
  if (form == std::end(forms)) return std::nullopt;

  auto where = KernelTypes::Where::anywhere;
  std::string module;
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
    module = name.substr(0, colon);
    name.remove_prefix(colon + 1);
    where = module == "vmlinux" ? KernelTypes::Where::kernel : KernelTypes::Where::modules;
  }
  if (kernel.find(std::string(form->prefix).append(name), form->kind, where)) return std::string();
  return format("no {} '{}'{}", form->what, name,
                where == KernelTypes::Where::modules ? format(" in module '{}'", module) : "");
}

}  // namespace bpfbuild::compat
