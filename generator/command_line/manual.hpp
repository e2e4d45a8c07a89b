/// The manual page.
#pragma once

#include <string>
#include <vector>

#include "command_line/definitions.hpp"

namespace bpfbuild::command_line {

/// bpfbuild(1), for man. The first of the definitions is the program.
std::string manual_page(const std::vector<CommandDefinition>& definitions);

}  // namespace bpfbuild::command_line
