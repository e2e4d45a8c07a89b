#include "vm/libraries.hpp"

#include <elf.h>
#include <gelf.h>
#include <glob.h>
#include <libelf.h>
#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <string_view>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "vm/architecture.hpp"

namespace bpfbuild::vm {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> split_paths(std::string_view text) {
  std::vector<fs::path> paths;
  while (!text.empty()) {
    const std::string_view path = text.substr(0, text.find(':'));
    text.remove_prefix(std::min(path.size() + 1, text.size()));
    if (!path.empty()) paths.emplace_back(path);
  }
  return paths;
}

std::vector<fs::path> expand_origin(std::string_view text, const fs::path& program) {
  std::string expanded(text);
  const std::string origin = program.parent_path().native();
  for (const std::string_view name : {"$ORIGIN", "${ORIGIN}"}) {
    for (std::size_t at; (at = expanded.find(name)) != std::string::npos;)
      expanded.replace(at, name.size(), origin);
  }
  return split_paths(expanded);
}

void read_dynamic(Elf* elf, const GElf_Phdr& segment, const fs::path& path, Binary& binary) {
  Elf_Scn* const section = ::gelf_offscn(elf, segment.p_offset);
  GElf_Shdr header;
  Elf_Data* const data = section == nullptr ? nullptr : ::elf_getdata(section, nullptr);
  if (data == nullptr || ::gelf_getshdr(section, &header) == nullptr)
    throw Error("no section of dynamic linking").at(path.native());
  const auto text = [&](const GElf_Dyn& entry) {
    const char* const string = ::elf_strptr(elf, header.sh_link, entry.d_un.d_val);
    return std::string(string == nullptr ? "" : string);
  };
  GElf_Dyn entry;
  for (int i = 0; ::gelf_getdyn(data, i, &entry) != nullptr && entry.d_tag != DT_NULL; ++i) {
    if (entry.d_tag == DT_NEEDED) binary.needed.push_back(text(entry));
    if (entry.d_tag == DT_RPATH || entry.d_tag == DT_RUNPATH)
      binary.run_paths = expand_origin(text(entry), path);
  }
}

/// The directories of a file in the form of /etc/ld.so.conf.
void read_loader_configuration(const std::string& file, std::vector<fs::path>& directories, int depth = 0) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    line.resize(std::min(line.find('#'), line.size()));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.pop_back();
    constexpr std::string_view include = "include ";
    if (line.starts_with(include) && depth < 4) {
      glob_t found{};
      if (::glob(line.c_str() + include.size(), 0, nullptr, &found) == 0) {
        for (std::size_t i = 0; i < found.gl_pathc; ++i)
          read_loader_configuration(found.gl_pathv[i], directories, depth + 1);
      }
      ::globfree(&found);
    } else if (line.starts_with('/')) {
      directories.emplace_back(line);
    }
  }
}

/// Where libraries of a machine are looked for, apart from what programs say themselves.
std::vector<fs::path> library_directories(unsigned machine) {
  std::vector<fs::path> directories;
  if (const char* const path = std::getenv("LD_LIBRARY_PATH")) directories = split_paths(path);
  read_loader_configuration("/etc/ld.so.conf", directories);
  if (const Architecture* const architecture = find_architecture(machine)) {
    const std::string triplet = format("{}-linux-gnu", architecture->machine);
    for (const std::string& each : {"/lib/" + triplet, "/usr/lib/" + triplet, "/usr/" + triplet + "/lib"})
      directories.emplace_back(each);
  }
  for (const char* const each : {"/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"})
    directories.emplace_back(each);
  return directories;
}

class Search {
 public:
  Search(const fs::path& program, const Binary& binary)
      : program_(program), machine_(binary.machine), directories_(library_directories(binary.machine)) {
    if (!binary.interpreter.empty()) add_interpreter(binary.interpreter);
    add_needed(binary);
  }

  std::vector<Needed> take() { return std::move(found_); }

 private:
  /// The loader, which another architecture's libraries have in a directory of their own.
  void add_interpreter(const fs::path& path) {
    if (names_.insert(path.filename()).second) {
      if (fits(path)) return found_.push_back({path, path});
      const auto source = find(path.filename(), {});
      if (!source) throw missing(path.native());
      found_.push_back({path, *source});
    }
  }

  void add_needed(const Binary& binary) {
    for (const std::string& name : binary.needed) {
      if (!names_.insert(name).second) continue;
      const auto path =
          name.find('/') != std::string::npos ? std::optional<fs::path>(name) : find(name, binary.run_paths);
      if (!path) throw missing(name);
      found_.push_back({*path, *path});
      if (const auto library = read_binary(*path)) add_needed(*library);
    }
  }

  std::optional<fs::path> find(const fs::path& name, const std::vector<fs::path>& first) const {
    for (const auto* const directories : {&first, &directories_}) {
      for (const fs::path& directory : *directories) {
        if (fits(directory / name)) return directory / name;
      }
    }
    return std::nullopt;
  }

  bool fits(const fs::path& path) const {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) return false;
    const auto binary = read_binary(path);
    return binary && binary->machine == machine_;
  }

  Error missing(const std::string& name) const {
    return Error(format("needs '{}', which was not found", name),
                 "install it, or name its directory in LD_LIBRARY_PATH")
        .at(program_.native());
  }

  fs::path program_;
  unsigned machine_;
  std::vector<fs::path> directories_;
  std::set<std::string> names_;
  std::vector<Needed> found_;
};

}  // namespace

std::optional<Binary> read_binary(const fs::path& path) {
  const InputFile file(path);
  if (!file.begins_with({ELFMAG, SELFMAG})) return std::nullopt;
  ::elf_version(EV_CURRENT);
  const std::unique_ptr<Elf, int (*)(Elf*)> elf(::elf_begin(file.descriptor(), ELF_C_READ, nullptr),
                                                ::elf_end);
  GElf_Ehdr header;
  std::size_t count = 0;
  if (elf == nullptr || ::gelf_getehdr(elf.get(), &header) == nullptr ||
      ::elf_getphdrnum(elf.get(), &count) != 0)
    throw Error(format("damaged ELF file: {}", ::elf_errmsg(-1))).at(path.native());

  Binary binary;
  binary.machine = header.e_machine;
  for (std::size_t i = 0; i < count; ++i) {
    GElf_Phdr segment;
    if (::gelf_getphdr(elf.get(), static_cast<int>(i), &segment) == nullptr) continue;
    if (segment.p_type == PT_INTERP) {
      char name[PATH_MAX] = {};
      if (::pread(file.descriptor(), name, std::min<std::size_t>(segment.p_filesz, sizeof name - 1),
                  static_cast<off_t>(segment.p_offset)) > 0)
        binary.interpreter = name;
    } else if (segment.p_type == PT_DYNAMIC) {
      read_dynamic(elf.get(), segment, path, binary);
    }
  }
  return binary;
}

std::vector<Needed> libraries_of(const fs::path& program, const Binary& binary) {
  return Search(program, binary).take();
}

}  // namespace bpfbuild::vm
