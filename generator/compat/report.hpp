/// What objects find on kernels, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "compat/finding.hpp"

namespace bpfbuild::compat {

/// One object on one kernel.
struct Report {
  std::string object;  // both as the user named them
  std::string kernel;
  std::string release;  // empty when unknown
  std::vector<Finding> findings;

  [[nodiscard]] std::size_t count(Status status) const;
};

/// A block for each report, with a line for each finding that is not resolved, or for all of them. What one
/// line of source asks of one thing in several ways is one line.
std::string text(const std::vector<Report>& reports, bool with_resolved);

/// An array with everything.
std::string json(const std::vector<Report>& reports);

}  // namespace bpfbuild::compat
