/// Names as CO-RE compares them.
#pragma once

#include <string_view>

namespace bpfbuild::core {

/// Without the flavour, which is what follows the last `___` between characters that are no underscores:
/// "task_struct" of "task_struct___old".
constexpr std::string_view essential(std::string_view name) {
  for (std::size_t i = name.size() < 5 ? 0 : name.size() - 4; i-- > 0;) {
    if (name[i] != '_' && name.substr(i + 1, 3) == "___" && name[i + 4] != '_') return name.substr(0, i + 1);
  }
  return name;
}

}  // namespace bpfbuild::core
