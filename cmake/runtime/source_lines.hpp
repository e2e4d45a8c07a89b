/// Where the instructions of an object come from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bpfbuild {

/// The place, "tracer.bpf.c:17", of an instruction of a program. The verifier tells it since Linux 6.9;
/// before that it tells the text of the line and the number of the instruction, and the object's line
/// information tells the rest. `object` is its file; the number counts the program's instructions, and behind
/// them those of the functions that it calls. Empty when the place is not known for sure.
std::string find_source_line(std::string_view object, std::string_view program, std::size_t instruction,
                             std::string_view text);

}  // namespace bpfbuild
