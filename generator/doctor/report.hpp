/// What `bpfbuild doctor` has found, for people and for programs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "doctor/facts.hpp"
#include "doctor/finding.hpp"
#include "doctor/packages.hpp"

namespace bpfbuild::doctor {

struct Report {
  std::string distribution;
  std::vector<Finding> needed, useful, running;
  std::optional<Features> features;
};

/// Whether nothing is missing that a build needs.
bool can_build(const Report& report);

/// A line for each finding and one for what to do about it, and the command that installs all that is
/// missing.
std::string text(const Report& report, const Distribution& distribution, bool coloured);

/// The same as one object, and each program type, map type and helper.
std::string json(const Report& report);

}  // namespace bpfbuild::doctor
