#include "doctor/places.hpp"

#include <sys/utsname.h>

#include <cstdlib>

namespace bpfbuild::doctor {

namespace {

namespace fs = std::filesystem;

/// The directories that a variable of the environment names.
std::vector<fs::path> directories(const char* variable) {
  const char* const value = std::getenv(variable);
  std::string_view rest = value == nullptr ? "" : value;
  std::vector<fs::path> all;
  while (!rest.empty()) {
    const std::string_view directory = rest.substr(0, rest.find(':'));
    if (!directory.empty()) all.emplace_back(directory);
    rest.remove_prefix(std::min(directory.size() + 1, rest.size()));
  }
  return all;
}

}  // namespace

Places Places::of_this_process() {
  Places places;
  places.path = directories("PATH");
  places.prefixes = directories("CMAKE_PREFIX_PATH");
  for (const fs::path& directory : places.path) {
    if (directory.filename() == "bin" || directory.filename() == "sbin")
      places.prefixes.push_back(directory.parent_path());
  }
  if (const char* const clang = std::getenv("BPFCC")) places.clang = clang;
  utsname name{};
  ::uname(&name);
  places.machine = name.machine;
  return places;
}

}  // namespace bpfbuild::doctor
