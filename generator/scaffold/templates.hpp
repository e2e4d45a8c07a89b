/// The templates of bpf-templates/, which are part of the executable: `bpfbuild new` works wherever it is.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bpfbuild::scaffold {

/// A file of bpf-templates/, by its path there.
struct EmbeddedFile {
  std::string_view path;
  std::string_view text;
};

/// All of them. The build writes their definition, see embed.cmake.
std::span<const EmbeddedFile> embedded_files();

/// What a template wants to know.
struct Parameter {
  std::string name;
  std::string description;
  std::string default_value;
};

/// A kind of project: a folder of bpf-templates/, as its template.json tells of it.
struct Kind {
  std::string name;
  std::string description;
  std::string kernel;               // the first that can run it, such as "5.8"
  std::vector<std::string> config;  // options that its kernel needs, beyond those of all distributions
  std::vector<std::string> shares;  // folders of common/ with what kinds like it have in common
  std::vector<Parameter> parameters;
};

/// All kinds, sorted by name.
const std::vector<Kind>& kinds();

/// Throws Error of kind usage, with the nearest names.
const Kind& find_kind(std::string_view name);

enum class Language { c, cpp };

/// The files of a project of this kind, with paths relative to it. Placeholders are not replaced yet.
std::vector<EmbeddedFile> template_files(const Kind& kind, Language language);

}  // namespace bpfbuild::scaffold
