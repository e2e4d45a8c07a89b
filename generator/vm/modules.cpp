#include "vm/modules.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "btf/elf.hpp"
#include "support/compression.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::vm {

namespace fs = std::filesystem;

namespace {

/// The name of a module by that of its file, nf_tables for "nf-tables.ko.xz"; empty for other files.
std::string module_name(const fs::path& file) {
  std::string name = file.filename();
  const std::size_t end = name.find(".ko");
  if (end == std::string::npos) return {};
  name.resize(end);
  std::ranges::replace(name, '-', '_');
  return name;
}

/// Where the kernel's modules are; empty when that is not known.
fs::path folder_of(const fs::path& image) {
  const fs::path file = fs::absolute(image);
  std::vector<fs::path> folders = {file.parent_path() / "modules"};
  constexpr std::string_view prefix = "vmlinuz-";
  if (const std::string name = file.filename(); name.starts_with(prefix)) {
    const std::string release = name.substr(prefix.size());
    folders.push_back(file.parent_path().parent_path() / "lib/modules" / release);
    folders.push_back(fs::path("/lib/modules") / release);
  }
  const auto found =
      std::ranges::find_if(folders, [](const fs::path& each) { return fs::is_directory(each); });
  return found == folders.end() ? fs::path() : *found;
}

Bytes unpack(const Bytes& file) {
  std::size_t room = std::size_t{256} << 20;
  const auto compression = compression_of(file.view);
  return compression ? decompress(file.view, *compression, Ending::exact, room) : file;
}

/// What a module says that it depends on.
std::vector<std::string> dependencies(const Bytes& module) {
  std::vector<std::string> names;
  const auto section = btf::ElfFile(module).section(".modinfo");
  if (!section) return names;
  std::string_view rest(reinterpret_cast<const char*>(section->view.data()), section->view.size());
  while (!rest.empty()) {
    std::string_view entry = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
    constexpr std::string_view key = "depends=";
    if (!entry.starts_with(key)) continue;
    entry.remove_prefix(key.size());
    while (!entry.empty()) {
      names.emplace_back(entry.substr(0, entry.find(',')));
      entry.remove_prefix(std::min(names.back().size() + 1, entry.size()));
    }
  }
  return names;
}

class Search {
 public:
  explicit Search(const fs::path& image) : image_(image), folder_(folder_of(image)) {
    if (folder_.empty()) return;
    for (const fs::directory_entry& each : fs::recursive_directory_iterator(folder_)) {
      if (const std::string name = module_name(each.path()); !name.empty()) files_[name] = each.path();
    }
    std::ifstream built_in(folder_ / "modules.builtin");
    for (std::string line; std::getline(built_in, line);) built_in_.insert(module_name(line));
  }

  void add(const std::string& argument) {
    if (argument.find('/') != std::string::npos) return add_file(module_name(argument), argument);
    std::string name = argument;
    std::ranges::replace(name, '-', '_');
    if (folder_.empty() || built_in_.contains(name)) return;
    const auto file = files_.find(name);
    if (file == files_.end()) {
      throw Error(format("has no module '{}'", argument), format("its modules are in '{}'", folder_.native()),
                  Error::Kind::unavailable)
          .at(image_.native());
    }
    add_file(name, file->second);
  }

  std::vector<Module> take() { return std::move(found_); }

 private:
  void add_file(const std::string& name, const fs::path& file) {
    if (!seen_.insert(name).second) return;
    const Bytes packed = InputFile(file).read();
    Module module{name, {}};
    std::vector<std::string> needed;
    try {
      module.bytes = unpack(packed);
      needed = dependencies(module.bytes);
    } catch (const Error& error) {
      throw error.at(file.native());
    }
    for (const std::string& each : needed) add(each);
    found_.push_back(std::move(module));
  }

  fs::path image_, folder_;
  std::map<std::string, fs::path> files_;
  std::set<std::string> built_in_, seen_;
  std::vector<Module> found_;
};

}  // namespace

std::vector<Module> find_modules(const fs::path& image, const std::vector<std::string>& names) {
  if (names.empty()) return {};
  Search search(image);
  for (const std::string& name : names) search.add(name);
  return search.take();
}

}  // namespace bpfbuild::vm
