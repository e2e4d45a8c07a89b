/// Looking for programs, and running them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doctor/facts.hpp"
#include "doctor/places.hpp"

namespace bpfbuild::doctor {

struct Output {
  int exit_code = 0;
  std::string text;  // of both kinds
};

/// Runs a program with all it prints taken; nothing when it cannot be started.
std::optional<Output> output_of(const std::vector<std::string>& command);

/// The first number with dots in a text, which is how programs tell their version; empty when there is none.
std::string first_version(std::string_view text);

/// Why a program that is there cannot be used; empty when it can be.
using Check = std::function<std::string(Program& program)>;

/// Looks for a program by names, or by paths where they have a slash, and takes the first that passes the
/// check.
Program find_program(const Places& places, const std::vector<std::string>& names, const Check& check);

/// A check that asks a program for its version, which is at least `minimum`.
Check has_version(std::string minimum = {}, std::string argument = "--version");

/// Whether a version is older than another.
bool is_older(const std::string& version, const std::string& than);

}  // namespace bpfbuild::doctor
