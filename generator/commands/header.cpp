#include "commands/header.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <utility>

#include "btf/file.hpp"
#include "btf/parser.hpp"
#include "emit/header.hpp"
#include "select/lookup.hpp"
#include "select/selection.hpp"
#include "select/spec.hpp"
#include "support/error.hpp"
#include "support/privileges.hpp"
#include "support/text.hpp"

namespace bpfbuild::commands {

namespace {

/// The release that the types belong to, where that is known: that of this machine for the kernel it runs.
std::string kernel_release(const std::filesystem::path& btf) {
  utsname system{};
  return btf == btf::running_kernel && ::uname(&system) == 0 ? system.release : "";
}

/// The command that writes the same header. It names no directory of the output: a header is the same
/// wherever it lies.
std::string equivalent_command(const HeaderOptions& options) {
  std::string command = "bpfbuild header";
  if (options.btf != btf::running_kernel) command += " --btf " + shell_quote(options.btf.native());
  for (const std::string& type : options.types) command += " --type " + shell_quote(type);
  if (!options.output.empty()) command += " -o " + shell_quote(options.output.filename().native());
  return command;
}

void check_single_line(const std::string& command) {
  if (command.find_first_of("\r\n") == std::string::npos && (command.empty() || command.back() != '\\'))
    return;
  throw Error::usage("--regenerate-with: expected a single line that does not end with a backslash");
}

btf::TypeTable parse(const Bytes& bytes, const std::filesystem::path& path) {
  try {
    return btf::parse(bytes);
  } catch (const Error& error) {
    throw error.at(path.native());
  }
}

}  // namespace

void header(const HeaderOptions& options) {
  check_single_line(options.regenerate_with);
  std::vector<select::TypeSpec> specs;
  for (const std::string& type : options.types) specs.push_back(select::parse_type_spec(type));

  const InputFile file = btf::open(options.btf);
  give_up_root_of_sudo();
  const Bytes bytes = btf::read(file);
  const btf::TypeTable types = parse(bytes, options.btf);

  emit::Provenance provenance{{}, kernel_release(options.btf), btf::hash(bytes), options.regenerate_with};
  if (provenance.regenerate.empty()) provenance.regenerate = equivalent_command(options);
  std::vector<select::Root> roots;
  for (const select::TypeSpec& spec : specs) {
    provenance.request.push_back(spec.text);
    for (const select::Root& root : select::look_up(types, spec, options.btf.native())) roots.push_back(root);
  }

  const std::string file_name =
      options.output.empty() ? specs.front().name + ".h" : options.output.filename().native();
  const std::string text = emit::header(types, select::close_by_value(types, roots), provenance, file_name);
  if (options.output.empty()) {
    write_to_standard_output(text);
  } else {
    write_if_changed(options.output, text);
  }
}

}  // namespace bpfbuild::commands
