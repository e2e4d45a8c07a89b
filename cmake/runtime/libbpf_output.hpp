/// What libbpf says, kept.
#pragma once

#include <string>

namespace bpfbuild {

/// Keeps what libbpf says in this thread, as long as it lives, and says it to nobody else. Other threads say
/// what they have to say to whom they did before.
class LibbpfOutput {
 public:
  LibbpfOutput();
  ~LibbpfOutput();
  LibbpfOutput(const LibbpfOutput&) = delete;
  LibbpfOutput& operator=(const LibbpfOutput&) = delete;

  /// Warnings, and the logs of the verifier.
  [[nodiscard]] const std::string& text() const { return text_; }
  void append(const std::string& text) { text_ += text; }

 private:
  std::string text_;
  LibbpfOutput* outer_;
};

}  // namespace bpfbuild
