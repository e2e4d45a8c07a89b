#include "usage/source.hpp"

#include <algorithm>
#include <string_view>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace bpfbuild::usage {

namespace fs = std::filesystem;

std::vector<Source> read_compilation(const fs::path& file) {
  constexpr std::string_view shell = "SHELL:";
  const Bytes bytes = InputFile(file).read();
  std::string_view text(reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size());
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with(shell)) {
      for (std::string& word : shell_split(line.substr(shell.size()))) words.push_back(std::move(word));
    } else if (!line.empty()) {
      words.emplace_back(line);
    }
  }

  const auto end = std::find(words.begin(), words.end(), "--");
  if (end == words.end()) throw Error("no line '--' between sources and flags").at(file.native());
  std::vector<Source> sources;
  for (auto word = words.begin(); word != end; ++word) {
    sources.push_back({fs::absolute(*word), {end + 1, words.end()}});
  }
  return sources;
}

}  // namespace bpfbuild::usage
