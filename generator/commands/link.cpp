#include "commands/link.hpp"

#include <cerrno>
#include <cstring>
#include <iostream>

#include "object/check.hpp"
#include "object/source_lines.hpp"
#include "support/error.hpp"
#include "support/format.hpp"
#include "support/process.hpp"

namespace bpfbuild::commands {

namespace {

/// The object's own name: the build links it as a file that gets its name when it is complete.
std::string object_name(const std::filesystem::path& output) {
  return (output.extension() == ".part" ? output.stem() : output.filename()).native();
}

/// The place with the name of a source that can be opened, as from the compiler.
std::string openable(const std::string& place, const LinkOptions& options) {
  const std::string file = place.substr(0, place.rfind(':'));
  for (const std::filesystem::path& directory : options.source_directories) {
    std::error_code ignored;
    if (std::filesystem::exists(directory / file, ignored))
      return (directory / place).lexically_normal().native();
  }
  return place;
}

void print(const object::Finding& finding, bool is_error, const LinkOptions& options) {
  const std::string place =
      finding.place.empty() ? object_name(options.output) : openable(finding.place, options);
  std::cerr << place << ": " << (is_error ? "error" : "warning") << ": " << finding.text << '\n';
}

/// What bpftool tells without file and line.
void print_undeclared(const LinkOptions& options) {
  std::vector<object::Object> inputs;
  for (const std::string& input : options.inputs) {
    try {
      inputs.push_back(object::read(input));
    } catch (const Error&) {
      return;  // this is what is wrong, and bpftool has told it
    }
  }
  for (const object::Finding& finding : object::check_declarations(inputs, object_name(options.output))) {
    print(finding, finding.is_error, options);
  }
}

void link_with_bpftool(const LinkOptions& options) {
  std::vector<std::string> command = {options.bpftool, "gen", "object", options.output.native()};
  command.insert(command.end(), options.inputs.begin(), options.inputs.end());
  const std::optional<int> exit_code = run(command);
  if (!exit_code) throw Error(format("cannot run '{}': {}", options.bpftool, std::strerror(errno)));
  if (*exit_code != 0) {
    print_undeclared(options);
    throw Error(format("{}: bpftool could not link it", object_name(options.output)));  // it has said why
  }
}

}  // namespace

void link(const LinkOptions& options) {
  link_with_bpftool(options);
  const object::Object object = object::read(options.output);
  object::add_missing_source_lines(options.output, object, options.source_directories);

  const std::string name = object_name(options.output);
  bool is_useless = false, has_warnings = false;
  for (const object::Finding& finding : object::check(object, name)) {
    print(finding, finding.is_error || options.warnings_are_errors, options);
    (finding.is_error ? is_useless : has_warnings) = true;
  }
  if (is_useless) throw Error(format("{}: no loader could use it", name));
  if (has_warnings && options.warnings_are_errors) {
    throw Error(format("{}: warnings are errors (--warnings-are-errors, COMPILE_WARNING_AS_ERROR)", name));
  }
}

}  // namespace bpfbuild::commands
