#include <string>
#include <vector>

#include "catch.hpp"
#include "emit/architectures.hpp"

using namespace bpfbuild;

namespace {

const std::string number = "\ntypedef int number;\ntypedef long wide;\n";
const std::string shared =
    "\n// In part.\nstruct shared {\n\tnumber n;\n\tstruct {\n\t\tint deep;\n\t};\n};\n";
const std::string small_task = "\nstruct task {\n\tint a;\n};\n";
const std::string large_task = "\nstruct task {\n\tlong a;\n};\n";
const std::string block = "\n#ifndef NO_FUNCTIONS\nextern int f(void);\n\nextern int g(void);\n#endif\n";

/// What the preprocessor leaves of a merged body, in which conditionals do not nest, for one architecture;
/// without blank lines.
std::string seen_by(const std::string& merged, const std::string& architecture) {
  std::string seen;
  bool visible = true;
  for (std::size_t at = 0; at < merged.size();) {
    const std::string line = merged.substr(at, merged.find('\n', at) + 1 - at);
    at += line.size();
    if (line.rfind("#if defined", 0) == 0 || line.rfind("#elif", 0) == 0) {
      visible = line.find("(__TARGET_ARCH_" + architecture + ")") != std::string::npos;
    } else if (line == "#endif\n") {
      visible = true;
    } else if (visible && line != "\n" && line.rfind('#', 0) != 0) {
      seen += line;
    }
  }
  return seen;
}

}  // namespace

TEST_CASE("what all architectures have is written once, the rest under the names of theirs",
          "[emit.architectures]") {
  const std::vector<emit::ArchitectureBody> bodies{{"x86", number + small_task + shared + block},
                                                   {"arm64", number + large_task + shared + block}};
  CHECK(emit::architecture_guard(bodies, "types.h") + emit::merge(bodies) ==
        R"(
#if !(defined(__TARGET_ARCH_x86) || defined(__TARGET_ARCH_arm64))
#error "types.h has the types of these architectures: x86, arm64; define __TARGET_ARCH_ of one of them"
#endif
)" + number +
            "\n#if defined(__TARGET_ARCH_x86)\n" + small_task + "\n#elif defined(__TARGET_ARCH_arm64)\n" +
            large_task + "\n#endif\n" + shared + block);
}

TEST_CASE("each architecture sees its own body, whatever the others are", "[emit.architectures]") {
  const std::vector<emit::ArchitectureBody> bodies{{"x86", "\nA;\nB;\nC;\nD;\nE;\n"},
                                                   {"arm64", "\nE;\nA;\nC;\nX;\nD;\n"},
                                                   {"s390", "\nX;\nD;\nB;\nA;\n"},
                                                   {"riscv", "\nZ;\n"}};
  const std::string merged = emit::merge(bodies);
  for (const emit::ArchitectureBody& body : bodies) {
    CAPTURE(body.name, merged);
    CHECK(seen_by(merged, body.name) == body.text.substr(1));
  }
}

TEST_CASE("architectures with nothing to tell apart have nothing to tell apart", "[emit.architectures]") {
  const std::vector<emit::ArchitectureBody> bodies{{"x86", number}, {"arm64", number}};
  CHECK(emit::merge(bodies) == number);
}
