/// Whether output is coloured.
#pragma once

#include <cstdio>

namespace bpfbuild {

/// By the conventions that terminals have: a variable NO_COLOR, or CLICOLOR=0, forbids colours,
/// CLICOLOR_FORCE other than 0 asks for them, else they are for terminals, and not for those that have none
/// (TERM=dumb). NO_COLOR comes first; a variable that is empty counts as not set.
bool is_coloured(std::FILE* file);

}  // namespace bpfbuild
