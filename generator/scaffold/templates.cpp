#include "scaffold/templates.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "support/error.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::scaffold {

namespace {

constexpr std::string_view manifest = "/template.json";

Kind read_kind(std::string_view name, std::string_view text) {
  const nlohmann::json json = nlohmann::json::parse(text);
  Kind kind;
  kind.name = name;
  kind.description = json.at("description");
  kind.kernel = json.at("kernel");
  kind.config = json.value("config", kind.config);
  kind.shares = json.value("shares", kind.shares);
  for (const nlohmann::json& parameter : json.at("parameters"))
    kind.parameters.push_back({parameter.at("name"), parameter.at("description"), parameter.at("default")});
  return kind;
}

std::vector<Kind> read_kinds() {
  std::vector<Kind> all;
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path.ends_with(manifest))
      all.push_back(read_kind(file.path.substr(0, file.path.size() - manifest.size()), file.text));
  }
  std::sort(all.begin(), all.end(), [](const Kind& a, const Kind& b) { return a.name < b.name; });
  return all;
}

}  // namespace

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = read_kinds();
  return all;
}

const Kind& find_kind(std::string_view name) {
  NearestNames nearest(name);
  for (const Kind& kind : kinds()) {
    if (kind.name == name) return kind;
    nearest.consider(kind.name);
  }
  const std::string suggestion = nearest.suggestion();
  throw Error::usage(format("'{}': no such kind of program", name),
                     suggestion.empty() ? "'bpfbuild new' lists them" : suggestion);
}

std::vector<EmbeddedFile> template_files(const Kind& kind, Language language) {
  std::vector<std::string> folders{"common/any/", language == Language::c ? "common/c/" : "common/c++/",
                                   kind.name + "/"};
  for (const std::string& shared : kind.shares) folders.push_back("common/" + shared + "/");
  std::vector<EmbeddedFile> files;
  for (const EmbeddedFile& file : embedded_files()) {
    for (const std::string& folder : folders) {
      if (file.path.starts_with(folder) && !file.path.ends_with(manifest))
        files.push_back({file.path.substr(folder.size()), file.text});
    }
  }
  return files;
}

}  // namespace bpfbuild::scaffold
