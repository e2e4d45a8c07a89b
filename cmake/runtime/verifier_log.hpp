/// What matters in the log of the verifier.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bpfbuild {

/// Why a program was refused, or what it took to accept it.
struct VerifierLog {
  std::string reason;       // its last words, "R0 invalid mem access 'map_value_or_null'"
  std::string line;         // the text of the last line, "return *count;"
  std::string place;        // where it stands, "tracer.bpf.c:17"; empty before Linux 6.9
  std::string instruction;  // the last one, "14: (61) r0 = *(u32 *)(r0 +0)"
  std::string registers;    // of that and of the reason: "R0=map_value_or_null(...)"
  // In the log of a program that was accepted, if it was asked for:
  std::uint64_t instructions = 0, states = 0, peak_states = 0, microseconds = 0;
  std::string stack_depth;  // "32+16"
};

/// Reads a log of any kernel from Linux 5.8 on; what it does not tell stays empty.
VerifierLog read_verifier_log(std::string_view log);

/// The last lines of a log, without those that come after the reason; each begins with `indent`.
std::string last_lines(std::string_view log, unsigned count, std::string_view indent);

}  // namespace bpfbuild
