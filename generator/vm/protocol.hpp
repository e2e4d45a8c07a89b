/// What the guest's init and the tool on the host say to each other.
///
/// The host puts files into the initramfs that tell init what to run. Init answers on the console, which the
/// kernel writes to as well, and the firmware: so each line of its own begins with a mark that is another for
/// each boot, then a letter, a blank and what belongs to it.
#pragma once

namespace bpfbuild::vm {

/// Files for init. Lists hold strings that end with a zero byte.
inline constexpr char mark_file[] = "/bpfbuild/mark";
inline constexpr char arguments_file[] = "/bpfbuild/arguments";
inline constexpr char environment_file[] = "/bpfbuild/environment";
inline constexpr char directory_file[] = "/bpfbuild/directory";  // where the command starts
inline constexpr char modules_file[] = "/bpfbuild/modules";      // paths of what to load before

/// The letter of a line.
enum Say : char {
  started = 'b',       // the guest is up; the command begins
  output = 'o',        // a line of standard output
  output_part = 'O',   // one that has no end yet
  errors = 'e',        // of standard error
  errors_part = 'E',   //
  exited = 'x',        // the command's exit code: the end
  killed = 'k',        // the signal that ended it: the end
  cannot_start = 'n',  // errno of its start: the end
};

/// How long a line of output may be before it is sent in parts.
inline constexpr unsigned longest_line = 4096;

}  // namespace bpfbuild::vm
