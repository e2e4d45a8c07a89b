/// What objects are built with: looking for it, and judging it.
#pragma once

#include <vector>

#include "doctor/facts.hpp"
#include "doctor/finding.hpp"
#include "doctor/packages.hpp"
#include "doctor/places.hpp"

namespace bpfbuild::doctor {

/// Looks for the tools as CMake does in a project that uses BpfBuild, and tries them. Throws Error when there
/// is no place for a trial.
BuildFacts find_tools(const Places& places);

/// What a build needs: it is possible when nothing of it is missing.
std::vector<Finding> judge_needed(const BuildFacts& facts, const Distribution& distribution);

/// What some projects need, or all can do without.
std::vector<Finding> judge_useful(const BuildFacts& facts, const Distribution& distribution);

}  // namespace bpfbuild::doctor
