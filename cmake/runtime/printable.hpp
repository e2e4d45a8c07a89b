/// Text out of the kernel, made harmless.
#pragma once

#include <string>
#include <string_view>

namespace bpfbuild {

/// What a terminal shows and does nothing else with: control characters, those of Unicode and those that
/// change the direction of writing among them, and bytes that are not UTF-8 become \xNN.
std::string printable(std::string_view text);

/// The contents of a JSON string: valid UTF-8, with what is not as U+FFFD.
std::string json_escaped(std::string_view text);

}  // namespace bpfbuild
