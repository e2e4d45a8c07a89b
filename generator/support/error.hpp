/// The one error of the tool: where it is, what is wrong, what to do about it.
///
/// It is thrown where the fault is found and gains its place on the way up, at the boundaries of types and
/// files; main prints it once.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace bpfbuild {

class Error : public std::exception {
 public:
  /// What went wrong decides the exit code. What this machine cannot do at all, for want of rights or of a
  /// program, is `unavailable`: 77, which tests take for "skipped". `machine_failed` is a virtual machine
  /// that did not bring a command to its end, whose exit code would stand here otherwise.
  enum class Kind { bad_input = 1, usage = 2, unavailable = 77, machine_failed = 125 };

  /// Reads "WHAT; WHAT_TO_DO", or just "WHAT".
  explicit Error(std::string what, std::string_view what_to_do = {}, Kind kind = Kind::bad_input)
      : message_(std::move(what)), kind_(kind) {
    if (!what_to_do.empty()) message_.append("; ").append(what_to_do);
  }

  static Error usage(std::string what, std::string_view what_to_do = {}) {
    return Error(std::move(what), what_to_do, Kind::usage);
  }

  /// The same error, with the place it happened at in front: "WHERE: WHAT; WHAT_TO_DO".
  [[nodiscard]] Error at(std::string_view where) const {
    Error placed = *this;
    placed.message_.insert(0, ": ").insert(0, where);
    return placed;
  }

  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }
  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] int exit_code() const noexcept { return static_cast<int>(kind_); }

 private:
  std::string message_;
  Kind kind_;
};

}  // namespace bpfbuild
