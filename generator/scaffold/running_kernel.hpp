/// What the running kernel has of the things that parameters name. A project may be for another kernel: none
/// of this refuses a value.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace bpfbuild::scaffold {

/// Where the running kernel shows itself; tests have a folder of their own.
struct RunningKernel {
  std::filesystem::path root = "/";

  /// Why the value of a parameter may be wrong: "this machine has no network interface 'eht0'; did you mean
  /// 'eth0'?". Empty when it has it, when that cannot be known (without root, say), and for parameters that
  /// name nothing.
  [[nodiscard]] std::string doubt(std::string_view parameter, const std::string& value) const;

  /// What to use when nothing is said: that of the template, unless it is otherwise on this machine.
  [[nodiscard]] std::string default_of(std::string_view parameter, const std::string& default_value) const;
};

}  // namespace bpfbuild::scaffold
