/// Whether a program is the same with one header and with another.
#pragma once

#include <optional>
#include <string>

#include "proof/object.hpp"

namespace bpfbuild::proof {

/// Compares an object with the one that is expected: the same programs with the same instructions, but for
/// the numbers that CO-RE puts into them; the same relocations by type, field and question; the same data,
/// maps, variables and signatures. The first difference, with the program and the declaration that it is
/// about; nothing when there is none.
std::optional<std::string> difference(const Object& expected, const Object& found);

}  // namespace bpfbuild::proof
