/// Texts by the format strings of {fmt}, which are checked when they are compiled.
///
/// {fmt} is compiled into the tool, in format.cpp alone: its shared library loads that of C++ as well, and
/// loading these two takes a good part of the time that the tool needs to start.
#pragma once

#include <fmt/core.h>

#include <string>

namespace bpfbuild {

/// As fmt::vformat().
std::string vformat(fmt::string_view text, fmt::format_args arguments);

/// As fmt::format(). An object, so that arguments of the standard library do not bring in std::format().
inline constexpr auto format = []<class... Arguments>(fmt::format_string<Arguments...> text,
                                                      Arguments&&... arguments) {
  return bpfbuild::vformat(text, fmt::make_format_args(arguments...));
};

}  // namespace bpfbuild
