/// From a template to a project: names, placeholders, and the directory that appears as a whole.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scaffold/templates.hpp"

namespace bpfbuild::scaffold {

/// What the user has said of a project.
struct Request {
  std::string name;
  Language language = Language::cpp;
  std::map<std::string, std::string> values;  // of parameters; those that are not here have their defaults
};

struct File {
  std::string path;
  std::string text;
};

/// A project's name becomes that of targets, files and, with _ for -, a struct. Throws Error of kind usage
/// when it cannot.
void check_name(std::string_view name);

/// The files of a project. In paths and texts of a template @NAME@ is the name, @ID@ the name as an
/// identifier of C,
/// @KIND@, @DESCRIPTION@ and @KERNEL@ what the kind says of itself, @EXTENSION@ and @LANGUAGES@ those of user
/// space, and
/// @parameter@ the value of a parameter. Throws Error of kind usage for a parameter that the kind does not
/// have, and for a value that cannot stand in a source.
std::vector<File> instantiate(const Kind& kind, const Request& request);

/// Throws Error when something is there already, or nothing can be there.
void check_directory(const std::filesystem::path& directory);

/// Makes the directory with these files: beside its place, and then renamed, so that it is there as a whole
/// or not at all. Throws Error, also when something is there already.
void write_project(const std::filesystem::path& directory, const std::vector<File>& files);

}  // namespace bpfbuild::scaffold
