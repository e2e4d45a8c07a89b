#include "doctor/programs.hpp"

#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "support/file.hpp"
#include "support/format.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

namespace bpfbuild::doctor {

namespace {

namespace fs = std::filesystem;

bool is_executable(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

std::vector<fs::path> candidates(const Places& places, const std::string& name) {
  if (name.find('/') != std::string::npos) return {name};
  std::vector<fs::path> all;
  for (const fs::path& directory : places.path) all.push_back(directory / name);
  return all;
}

}  // namespace

std::optional<Output> output_of(const std::vector<std::string>& command) {
  const TemporaryDirectory directory;
  const std::optional<int> exit_code = run(command, directory.file("output"));
  if (!exit_code) return std::nullopt;
  const Bytes bytes = InputFile(directory.file("output")).read();
  return Output{*exit_code, {reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size()}};
}

std::string first_version(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  for (std::size_t start = text.find_first_of(digits); start != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789.", start), text.size());
    std::string_view number = text.substr(start, end - start);
    while (number.ends_with('.')) number.remove_suffix(1);
    if (number.find('.') != std::string_view::npos) return std::string(number);
    start = text.find_first_of(digits, end);
  }
  return "";
}

Program find_program(const Places& places, const std::vector<std::string>& names, const Check& check) {
  Program program;
  std::vector<fs::path> seen;  // /sbin is /usr/sbin on most machines
  for (const std::string& name : names) {
    for (const fs::path& path : candidates(places, name)) {
      if (!is_executable(path)) continue;
      std::error_code none;
      const fs::path real_path = fs::canonical(path, none);
      if (std::find(seen.begin(), seen.end(), real_path) != seen.end()) continue;
      seen.push_back(real_path);
      program.path = path;
      std::string problem = check(program);
      if (problem.empty()) return program;
      if (std::find(program.rejected.begin(), program.rejected.end(), problem) == program.rejected.end())
        program.rejected.push_back(std::move(problem));
    }
  }
  program.path.clear();
  program.version.clear();
  return program;
}

Check has_version(std::string minimum, std::string argument) {
  return [minimum = std::move(minimum), argument = std::move(argument)](Program& program) -> std::string {
    const std::optional<Output> output = output_of({program.path.native(), argument});
    if (!output || output->exit_code != 0) return format("'{}' does not run", program.path.native());
    program.version = first_version(output->text);
    if (program.version.empty()) return format("'{}' does not tell its version", program.path.native());
    if (minimum.empty() || !is_older(program.version, minimum)) return "";
    return format("{} {} at '{}' is too old", program.path.filename().native(), program.version,
                  program.path.native());
  };
}

bool is_older(const std::string& version, const std::string& than) {
  return ::strverscmp(version.c_str(), than.c_str()) < 0;
}

}  // namespace bpfbuild::doctor
