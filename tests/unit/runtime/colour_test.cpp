#include "colour.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <map>
#include <string>

#include "../catch.hpp"

namespace {

/// A terminal with nobody in front of it.
class Terminal {
 public:
  Terminal() : controller_(posix_openpt(O_RDWR | O_NOCTTY)) {
    REQUIRE(grantpt(controller_) == 0);
    REQUIRE(unlockpt(controller_) == 0);
    file_ = fdopen(open(ptsname(controller_), O_RDWR | O_NOCTTY), "w");
    REQUIRE(file_ != nullptr);
  }
  ~Terminal() {
    std::fclose(file_);
    close(controller_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  [[nodiscard]] std::FILE* file() const { return file_; }

 private:
  int controller_;
  std::FILE* file_;
};

/// Whether there are colours with these variables, and no others that matter.
bool is_coloured(std::FILE* file, const std::map<std::string, std::string>& environment) {
  for (const char* name : {"NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM"}) unsetenv(name);
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  const bool result = bpfbuild::is_coloured(file);
  for (const auto& [name, value] : environment) unsetenv(name.c_str());
  return result;
}

}  // namespace

TEST_CASE("colours are for terminals, unless the environment says otherwise", "[runtime.colour]") {
  const Terminal terminal;
  CHECK(is_coloured(terminal.file(), {}));
  CHECK(is_coloured(terminal.file(), {{"TERM", "xterm"}, {"CLICOLOR", "1"}, {"NO_COLOR", ""}}));
  CHECK_FALSE(is_coloured(terminal.file(), {{"TERM", "dumb"}}));
  CHECK_FALSE(is_coloured(terminal.file(), {{"CLICOLOR", "0"}}));
  CHECK_FALSE(is_coloured(terminal.file(), {{"NO_COLOR", "1"}}));
  CHECK_FALSE(is_coloured(terminal.file(), {{"NO_COLOR", "0"}, {"CLICOLOR_FORCE", "1"}}));

  std::FILE* const file = std::tmpfile();
  CHECK_FALSE(is_coloured(file, {}));
  CHECK_FALSE(is_coloured(file, {{"CLICOLOR", "1"}, {"CLICOLOR_FORCE", "0"}}));
  CHECK(is_coloured(file, {{"CLICOLOR_FORCE", "1"}, {"CLICOLOR", "0"}, {"TERM", "dumb"}}));
  std::fclose(file);
}
