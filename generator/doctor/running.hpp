/// What programs run with: looking for it, and judging it.
#pragma once

#include <vector>

#include "doctor/facts.hpp"
#include "doctor/finding.hpp"

namespace bpfbuild::doctor {

/// Asks the kernel that runs this.
RunFacts ask_kernel();

std::vector<Finding> judge_running(const RunFacts& facts);

}  // namespace bpfbuild::doctor
