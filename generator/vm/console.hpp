/// The console of a guest, as its bytes come in: what init says, and what the kernel and the firmware do.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace bpfbuild::vm {

/// How the command ended.
struct Ending {
  enum class Kind { exited, killed, cannot_start } kind;
  int number;  // exit code, signal or errno
};

class Console {
 public:
  /// Gets what the command writes, piece by piece.
  using Sink = std::function<void(bool is_error, std::string_view text)>;

  /// `mark` begins the lines of init.
  Console(std::string mark, Sink sink) : mark_(std::move(mark)), sink_(std::move(sink)) {}

  void take(std::string_view bytes);

  /// Whether init has come up.
  [[nodiscard]] bool has_started() const { return started_; }
  /// Init's last word; nothing as long as there is none.
  [[nodiscard]] const std::optional<Ending>& ending() const { return ending_; }
  /// "Kernel panic - not syncing: ..."; empty when there was none.
  [[nodiscard]] const std::string& panic() const { return panic_; }
  /// Whether anything at all has come.
  [[nodiscard]] bool is_silent() const { return silent_; }
  /// The last lines that are not init's, each after a line break and two blanks.
  [[nodiscard]] std::string end() const;

 private:
  void take_line(std::string_view line);
  void take_word(char what, std::string_view text);

  std::string mark_;
  Sink sink_;
  std::string line_;  // the last one, so far
  std::deque<std::string> others_;
  std::string panic_;
  std::optional<Ending> ending_;
  bool started_ = false, silent_ = true;
};

}  // namespace bpfbuild::vm
