/// From the text of BPF programs to what they use of a kernel's types.
#pragma once

#include "emit/places.hpp"
#include "usage/libclang.hpp"
#include "usage/stage.hpp"
#include "usage/usage.hpp"

namespace bpfbuild::usage {

/// Reads a source, which on the stage finds a header with all types of a kernel; `places` is what stands
/// where in that. All code outside of the header counts, also what is not called: it has to compile. Whether
/// it includes the header. Throws Error "FILE:LINE:COLUMN: MESSAGE" for code that does not compile with all
/// types either.
bool read_source(const LibClang& clang, const Stage& stage, const Source& source, const emit::Places& places,
                 Usage& usage);

}  // namespace bpfbuild::usage
