#include "usage/libclang.hpp"

#include <dlfcn.h>
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::usage {

namespace {

namespace fs = std::filesystem;

/// Whether a file is libclang.so, libclang.so.1, libclang-14.so.1, ..., and not the C++ library.
bool is_libclang(std::string_view name) {
  if (!name.starts_with("libclang") || name.find(".so") == std::string_view::npos) return false;
  name.remove_prefix(std::string_view("libclang").size());
  return name.front() == '.' || (name.size() > 1 && name.front() == '-' && name[1] >= '0' && name[1] <= '9');
}

/// "14" of "14.0.6".
std::string major_version(std::string_view version) {
  return std::string(version.substr(0, version.find_first_not_of("0123456789")));
}

/// Whether the name of a library says this version: libclang-14.so.1, libclang.so.14.
bool is_of_version(const std::string& library, const std::string& version) {
  const std::string name = fs::path(library).filename();
  return name.starts_with(format("libclang-{}.", version)) ||
         name.starts_with(format("libclang.so.{}", version));
}

void* open(const fs::path& libraries, const std::string& version) {
  std::vector<std::string> candidates;
  for (const fs::path& directory : {libraries, libraries.parent_path() / "lib64"}) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(directory, ignored)) {
      if (is_libclang(entry.path().filename().native())) candidates.push_back(entry.path().native());
    }
  }
  std::sort(candidates.begin(), candidates.end());
  // The folder may be that of several versions.
  std::stable_partition(candidates.begin(), candidates.end(),
                        [&](const std::string& each) { return is_of_version(each, version); });
  candidates.push_back(format("libclang-{}.so.1", version));
  candidates.emplace_back("libclang.so.13");
  for (int other = 30; other >= 14; --other) candidates.push_back(format("libclang-{}.so.1", other));
  for (const std::string& candidate : candidates) {
    if (void* const handle = ::dlopen(candidate.c_str(), RTLD_NOW | RTLD_LOCAL)) return handle;
  }
  throw Error(format("libclang, which reads sources, was not found in '{}'", libraries.native()),
              "install it (Debian and Ubuntu: libclang-dev)");
}

}  // namespace

LibClang::LibClang(const fs::path& resources)
    : wanted_version_(major_version(resources.filename().native())) {
  void* const handle = open(resources.parent_path().parent_path(), wanted_version_);
  const auto load = [&](auto& function, const char* symbol) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(handle, symbol));
    if (function == nullptr) throw Error(format("libclang has no {}", symbol), "install clang 14 or newer");
  };
#define BPFBUILD_LOAD(name) load(name, "clang_" #name);
  BPFBUILD_LIBCLANG_FUNCTIONS(BPFBUILD_LOAD)
#undef BPFBUILD_LOAD
}

std::string LibClang::text(CXString string) const {
  const char* const characters = getCString(string);
  std::string text = characters == nullptr ? "" : characters;
  disposeString(string);
  return text;
}

std::string LibClang::why_it_differs() const {
  constexpr std::string_view start = "clang version ";
  const std::string text = this->text(getClangVersion());
  const auto found = text.find(start);
  if (found == std::string::npos || wanted_version_.empty()) return {};
  const std::string version = major_version(std::string_view(text).substr(found + start.size()));
  if (version == wanted_version_) return {};
  return format(
      "this is what libclang {} says, for there is none of clang {} (Debian and Ubuntu: libclang1-{})",
      version, wanted_version_, wanted_version_);
}

}  // namespace bpfbuild::usage
