#include "btf/sources.hpp"

#include <algorithm>
#include <utility>

#include "btf/join.hpp"
#include "btf/parser.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::btf {

namespace {

namespace fs = std::filesystem;

bool is_shown_module(const fs::path& file) {
  const fs::path running(running_kernel);
  return file.lexically_normal().parent_path() == running.parent_path() &&
         file.filename() != running.filename();
}

/// The result of an action, whose errors gain a place.
template <class Action>
auto at(const std::string& place, Action&& action) {
  try {
    return action();
  } catch (const Error& error) {
    throw error.at(place);
  }
}

/// Sorts what has been read into the base and the modules.
class Assembly {
 public:
  void add(const InputFile& file) {
    Contents contents = read(file);
    from_dwarf_ = from_dwarf_ || contents.from_dwarf;
    const std::string name = file.path().native();
    Module part{name, at(name, [&] { return read_sections(contents.btf); })};
    if (part.sections.is_split()) {
      modules_.push_back(std::move(part));
      module_bytes_.push_back(std::move(contents.btf));
    } else if (base_) {
      throw Error(format("has the types of a whole kernel, as '{}' has", base_->name),
                  "name one of them, and modules of it")
          .at(name);
    } else {
      base_ = std::move(part);
      base_bytes_ = std::move(contents.btf);
    }
    if (release_.empty()) release_ = contents.kernel_release;
  }

  Kernel finish() && {
    if (!base_) {
      throw Error("has the BTF of a module, which continues that of its kernel",
                  "name the kernel's with --base-btf FILE: vmlinux, vmlinuz, or raw BTF")
          .at(modules_.front().name);
    }
    TypeTable types = at(base_->name, [&] { return parse(base_->sections); });
    const TypeId module_types = types.id_count();
    if (!modules_.empty()) {
      Sections joined = join(base_->sections, modules_);
      types = at(names(), [&] { return parse(std::move(joined)); });
    }
    std::uint64_t hash = btf::hash(base_bytes_);
    for (const Bytes& bytes : module_bytes_) hash = btf::hash(bytes, hash);
    return {std::move(types), module_types, std::move(release_), hash, from_dwarf_};
  }

 private:
  [[nodiscard]] std::string names() const {
    std::string text = base_->name;
    for (const Module& module : modules_) text += " + " + module.name;
    return text;
  }

  std::optional<Module> base_;
  Bytes base_bytes_;
  std::vector<Module> modules_;
  std::vector<Bytes> module_bytes_;
  std::string release_;
  bool from_dwarf_ = false;
};

}  // namespace

Sources::Sources(const std::vector<fs::path>& files, const fs::path& base) {
  for (const fs::path& file : files) files_.push_back(open(file));
  if (files_.empty()) files_.push_back(open(running_kernel));
  if (!base.empty()) {
    base_.emplace(open(base));
  } else if (!files.empty() && std::all_of(files.begin(), files.end(), is_shown_module)) {
    base_.emplace(open(running_kernel));
  }
}

std::string Sources::name() const {
  std::string text;
  for (const InputFile& file : files_) text += (text.empty() ? "" : " + ") + file.path().native();
  return text;
}

Kernel Sources::read() const {
  Assembly assembly;
  if (base_) assembly.add(*base_);
  for (const InputFile& file : files_) assembly.add(file);
  return std::move(assembly).finish();
}

}  // namespace bpfbuild::btf
