/// Whether an object will load on a kernel, as far as the kernel's types tell.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "btf/sources.hpp"
#include "compat/code.hpp"
#include "compat/finding.hpp"
#include "object/core_relocations.hpp"
#include "object/lines.hpp"
#include "object/object.hpp"

namespace bpfbuild::compat {

/// An object, read once for any number of kernels.
class Candidate {
 public:
  /// Throws Error "PATH: WHAT".
  explicit Candidate(const std::filesystem::path& path);
  explicit Candidate(object::Object object);

  /// All that it wants of the kernel, in the order of the code.
  [[nodiscard]] std::vector<Finding> check(const btf::Kernel& kernel) const;

 private:
  std::shared_ptr<const object::Object> object_;
  std::vector<object::CoreRelocation> relocations_;
  Code code_;
  object::Lines lines_;
};

}  // namespace bpfbuild::compat
