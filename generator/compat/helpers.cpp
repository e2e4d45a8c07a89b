#include "compat/helpers.hpp"

#include <linux/bpf.h>

#include <algorithm>
#include <vector>

#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::compat {

std::string name_of_helper(std::int32_t number) {
  static const std::vector<std::string> names = [] {
  // The list has a comma behind each name in older headers, and none in newer ones.
#define BPFBUILD_NAME(name, ...) #name " "
    constexpr const char* parts[] = {__BPF_FUNC_MAPPER(BPFBUILD_NAME)};
#undef BPFBUILD_NAME
    std::string all;
    for (const char* const part : parts) all += part;
    return shell_split(all);
  }();
  if (number <= 0 || static_cast<std::size_t>(number) >= names.size()) return format("helper {}", number);
  return "bpf_" + names[static_cast<std::size_t>(number)];
}

bool has_replacement(std::int32_t helper) {
  // Of bpf_probe_read_user, bpf_probe_read_kernel, and the same for strings.
  return helper >= BPF_FUNC_probe_read_user && helper <= BPF_FUNC_probe_read_kernel_str;
}

}  // namespace bpfbuild::compat
