#include "colour.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace bpfbuild {

namespace {

std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

bool is_coloured(std::FILE* file) {
  if (!variable("NO_COLOR").empty()) return false;
  if (const std::string_view force = variable("CLICOLOR_FORCE"); !force.empty() && force != "0") return true;
  return variable("CLICOLOR") != "0" && variable("TERM") != "dumb" && isatty(fileno(file)) == 1;
}

}  // namespace bpfbuild
