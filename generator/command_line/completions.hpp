/// Completions for shells.
#pragma once

#include <string>
#include <vector>

#include "command_line/definitions.hpp"

namespace bpfbuild::command_line {

/// Each is the text of a file that the shell loads. The first of the definitions is the program.
std::string bash_completion(const std::vector<CommandDefinition>& definitions);
std::string zsh_completion(const std::vector<CommandDefinition>& definitions);
std::string fish_completion(const std::vector<CommandDefinition>& definitions);

}  // namespace bpfbuild::command_line
