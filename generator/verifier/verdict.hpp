/// What a kernel says to the programs of an object.
#pragma once

#include <bpfbuild/loader.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "vm/run.hpp"

namespace bpfbuild::verifier {

struct Verdict {
  std::string object;                              // its file's name without extensions, "tracer"
  std::string program;                             // "trace_exec"
  std::string kernel;                              // release and machine, "6.1 x86_64", see this_kernel()
  std::optional<load_error::explanation> refusal;  // nothing: it was accepted
  // Of programs that were accepted. What an old kernel does not tell is 0.
  std::uint64_t instructions = 0, states = 0, peak_states = 0, microseconds = 0;
  std::uint64_t loaded_instructions = 0, machine_code = 0;
  std::string stack_depth;  // in bytes, of each function: "32+16"
  // What maps got that had no sizes: "counts (max_entries 1), stacks (value_size 32)".
  std::string given_sizes;

  [[nodiscard]] bool accepted() const { return !refusal; }
};

/// The running kernel as verdicts name it: updates of a release share the name, since they share the
/// verifier.
std::string this_kernel();

/// Loads programs of an object into the running kernel, each alone: those that are named, or all. Nothing is
/// pinned or attached, and maps without a size, which user space is to set, get the smallest. Throws Error,
/// of kind `unavailable` when nothing at all can be loaded here.
std::vector<Verdict> verify(const std::filesystem::path& object, const std::vector<std::string>& programs);

/// The same on another kernel, in a virtual machine. There a bpfbuild of the kernel's architecture runs: one
/// of `tools`, or this one. Throws Error as vm::run() does, and when the tool in the guest fails.
std::vector<Verdict> verify_in_machine(const vm::Options& machine,
                                       const std::vector<std::filesystem::path>& objects,
                                       const std::vector<std::string>& programs,
                                       const std::vector<std::filesystem::path>& tools);

}  // namespace bpfbuild::verifier
