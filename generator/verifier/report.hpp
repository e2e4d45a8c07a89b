/// Verdicts of kernels, for people and for programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verifier/verdict.hpp"

namespace bpfbuild::verifier {

/// A line for each verdict, and behind them why programs were refused, what concerns all programs of an
/// object once; with `full_log` all that the verifier says of them.
std::string table(const std::vector<Verdict>& verdicts, bool full_log);

/// An array with an object for each verdict.
std::string json(const std::vector<Verdict>& verdicts);

/// What json() has written. Throws Error for anything else.
std::vector<Verdict> read_json(std::string_view text);

}  // namespace bpfbuild::verifier
