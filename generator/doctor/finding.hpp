/// What `bpfbuild doctor` says of each thing that a machine has or lacks.
#pragma once

#include <string>
#include <vector>

namespace bpfbuild::doctor {

enum class State {
  ok,
  missing,   // or not fit for use
  optional,  // not there, and needed for some things only
  unknown    // could not be found out
};

struct Finding {
  State state = State::ok;
  std::string name;
  std::string version;     // empty: unknown, or it has none
  std::string found;       // where it is, what is wrong with it, what it would be good for
  std::string what_to_do;  // empty: nothing
  std::string package;     // of the distribution; empty: none would help
};

}  // namespace bpfbuild::doctor
