/// What kernels said to programs when it was last found good: a CSV file, to be committed.
///
///   object,program,kernel,verdict,instructions,states,stack
///   tracer,trace_exec,6.1 x86_64,accepted,54,3,32
///
/// It has rows of many kernels: each is compared with those of its own, and rewriting them leaves the others.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "verifier/verdict.hpp"

namespace bpfbuild::verifier {

class Baseline {
 public:
  /// Without any rows.
  Baseline() = default;
  /// Throws Error with the line of what is not of this form.
  static Baseline read(const std::filesystem::path& path);

  [[nodiscard]] bool has_kernel(std::string_view kernel) const;

  /// What is otherwise than in the baseline, a message for each: another verdict; more instructions, states
  /// or stack than `tolerance` percent allow; programs that are in one only. Of one kernel, which has rows.
  [[nodiscard]] std::vector<std::string> differences(const std::vector<Verdict>& verdicts,
                                                     unsigned tolerance) const;

  /// Takes these verdicts in place of the rows that their kernels have for their objects.
  void replace(const std::vector<Verdict>& verdicts);

  [[nodiscard]] std::string text() const;

 private:
  struct Row {
    bool accepted = false;
    std::uint64_t instructions = 0, states = 0;
    std::string stack;  // "32+16"
  };
  using Key = std::tuple<std::string, std::string, std::string>;  // object, program, kernel

  void read_line(std::string_view line);

  std::map<Key, Row> rows_;
};

}  // namespace bpfbuild::verifier
