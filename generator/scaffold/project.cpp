#include "scaffold/project.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::scaffold {

namespace {

using Values = std::map<std::string, std::string, std::less<>>;

/// Names that CMake and the package have for targets, or the build for files.
constexpr std::array reserved_names{"ALL_BUILD",
                                    "CMakeFiles",
                                    "INSTALL",
                                    "Makefile",
                                    "PACKAGE",
                                    "RUN_TESTS",
                                    "Testing",
                                    "ZERO_CHECK",
                                    "all",
                                    "bpf-codegen",
                                    "bpf-codegen-check",
                                    "bpf-prebuilt",
                                    "clean",
                                    "depend",
                                    "edit_cache",
                                    "help",
                                    "install",
                                    "list_install_components",
                                    "package",
                                    "package_source",
                                    "preinstall",
                                    "rebuild_cache",
                                    "test"};

/// bpftool takes no longer names for skeletons.
constexpr std::size_t longest_name = 50;

bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// The name with what identifiers of C do not have replaced by _, as CMake does it.
std::string identifier(std::string_view name) {
  std::string text(name);
  for (char& c : text) {
    if (!is_letter_or_digit(c)) c = '_';
  }
  if (std::isdigit(static_cast<unsigned char>(text.front()))) text.insert(0, "_");
  return text;
}

/// The name of the placeholder that begins at `position`, an @; empty when none does.
std::string_view placeholder_at(std::string_view text, std::size_t position) {
  const std::size_t end = text.find('@', position + 1);
  if (end == std::string_view::npos) return {};
  const std::string_view name = text.substr(position + 1, end - position - 1);
  const bool is_name =
      std::all_of(name.begin(), name.end(), [](char c) { return is_letter_or_digit(c) || c == '_'; });
  return is_name ? name : std::string_view();
}

std::string replace_placeholders(std::string_view text, const Values& values) {
  std::string result;
  std::size_t copied = 0;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at)) {
    const std::string_view name = placeholder_at(text, at);
    if (name.empty()) {
      ++at;
      continue;
    }
    const auto value = values.find(name);
    if (value == values.end()) throw std::logic_error(format("a template has @{}@", name));
    result.append(text.substr(copied, at - copied)).append(value->second);
    at += name.size() + 2;
    copied = at;
  }
  return result.append(text.substr(copied));
}

bool consists_of_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether names of the kernel and of programs can have this; digits anywhere.
bool is_symbol(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || c == '_' || c == '.' || c == '$' || c == '-';
  });
}

/// What a value must look like, if it does not: its place may be between quotes in C, in a comment and in
/// Markdown.
std::string wrong_form(const Parameter& parameter, const std::string& value) {
  if (value.empty()) return "no value";
  const auto is_bad = [](char c) {
    return std::iscntrl(static_cast<unsigned char>(c)) != 0 || c == '"' || c == '\\' || c == '@' || c == '`';
  };
  const auto bad = std::find_if(value.begin(), value.end(), is_bad);
  if (bad != value.end()) return "a value cannot have " + shell_quote(std::string(1, *bad));
  if (consists_of_digits(parameter.default_value))
    return consists_of_digits(value) ? "" : "expected a number";
  if (parameter.name == "tracepoint") {
    const std::size_t colon = value.find(':');
    const bool is_pair = colon != std::string::npos && colon > 0 && colon + 1 < value.size();
    if (!is_pair || !is_symbol(value.substr(0, colon)) || !is_symbol(value.substr(colon + 1)))
      return "expected CATEGORY:NAME";
  } else if ((parameter.name == "function" || parameter.name == "symbol") && !is_symbol(value)) {
    return "expected a function's name";
  }
  return "";
}

const Parameter& find_parameter(const Kind& kind, const std::string& setting, const std::string& name) {
  std::vector<std::string> names;
  for (const Parameter& parameter : kind.parameters) {
    if (parameter.name == name) return parameter;
    names.push_back(parameter.name);
  }
  throw Error::usage(format("{}: kind '{}' has no such parameter", setting, kind.name),
                     names.empty() ? "it has none" : "expected " + quoted_alternatives(names));
}

Values values_of(const Kind& kind, const Request& request) {
  Values values{{"NAME", request.name},
                {"ID", identifier(request.name)},
                {"KIND", kind.name},
                {"DESCRIPTION", kind.description},
                {"KERNEL", kind.kernel},
                {"EXTENSION", request.language == Language::c ? "c" : "cpp"},
                {"LANGUAGES", request.language == Language::c ? "C CXX" : "CXX"}};
  for (const Parameter& parameter : kind.parameters) values.emplace(parameter.name, parameter.default_value);
  for (const auto& [name, value] : request.values) {
    const std::string setting = format("--set {}={}", name, shell_quote(value));
    const std::string wrong = wrong_form(find_parameter(kind, setting, name), value);
    if (!wrong.empty()) throw Error::usage(format("{}: {}", setting, wrong));
    values[name] = value;
  }
  return values;
}

[[noreturn]] void fail(const std::filesystem::path& directory, int error) {
  throw Error(format("cannot make this directory: {}", std::strerror(error))).at(directory.native());
}

/// A directory for this process alone, in the parent of `directory`.
std::filesystem::path make_beside(const std::filesystem::path& directory) {
  std::string beside = directory.native() + ".XXXXXX";
  if (!::mkdtemp(beside.data())) fail(directory, errno);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::chmod(beside.c_str(), 0777 & ~mask);
  return beside;
}

/// Gives a directory another name that nothing has.
void rename_to_unused(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
  // Some file systems cannot do that; rename() replaces nothing but an empty directory.
  if (errno != EINVAL && errno != ENOSYS) fail(to, errno);
  if (::rename(from.c_str(), to.c_str()) != 0) fail(to, errno);
}

}  // namespace

void check_name(std::string_view name) {
  const Error::Kind usage = Error::Kind::usage;
  if (name.empty() || !is_letter_or_digit(name.front()) || !std::all_of(name.begin(), name.end(), [](char c) {
        return is_letter_or_digit(c) || c == '-' || c == '_';
      }))
    throw Error(
        format("'{}' cannot be the name of a project: names have letters, digits, - and _, and begin with "
               "a letter or a digit",
               name),
        "give another with --name", usage);
  if (name.size() > longest_name)
    throw Error(format("'{}' cannot be the name of a project: it has {} characters, {} are possible", name,
                       name.size(), longest_name),
                "give another with --name", usage);
  if (std::find(reserved_names.begin(), reserved_names.end(), name) != reserved_names.end())
    throw Error(format("'{}' cannot be the name of a project: CMake uses it itself", name),
                "give another with --name", usage);
}

std::vector<File> instantiate(const Kind& kind, const Request& request) {
  check_name(request.name);
  const Values values = values_of(kind, request);
  std::vector<File> files;
  for (const EmbeddedFile& file : template_files(kind, request.language))
    files.push_back({replace_placeholders(file.path, values), replace_placeholders(file.text, values)});
  return files;
}

void check_directory(const std::filesystem::path& directory) {
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(directory, error)))
    throw Error("is there already", "give a directory that is not").at(directory.native());
  const std::filesystem::path parent = directory.has_parent_path() ? directory.parent_path() : ".";
  if (!std::filesystem::is_directory(parent, error))
    throw Error(format("'{}' is no directory", parent.native()), "make it first").at(directory.native());
}

void write_project(const std::filesystem::path& directory, const std::vector<File>& files) {
  check_directory(directory);
  const std::filesystem::path beside = make_beside(directory);
  try {
    for (const File& file : files) {
      std::filesystem::create_directories((beside / file.path).parent_path());
      write_if_changed(beside / file.path, file.text);
    }
    rename_to_unused(beside, directory);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove_all(beside, ignored);
    throw;
  }
}

}  // namespace bpfbuild::scaffold
