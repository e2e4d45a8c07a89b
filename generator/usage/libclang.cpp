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

void* open(const fs::path& directory) {
  std::vector<std::string> candidates;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, ignored)) {
    if (is_libclang(entry.path().filename().native())) candidates.push_back(entry.path().native());
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.emplace_back("libclang.so.13");
  for (int version = 30; version >= 14; --version) {
    candidates.push_back(format("libclang-{}.so.1", version));
  }
  for (const std::string& candidate : candidates) {
    if (void* const handle = ::dlopen(candidate.c_str(), RTLD_NOW | RTLD_LOCAL)) return handle;
  }
  throw Error(format("libclang, which reads sources, was not found in '{}'", directory.native()),
              "install it (Debian and Ubuntu: libclang-dev)");
}

}  // namespace

LibClang::LibClang(const fs::path& directory) {
  void* const handle = open(directory);
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

}  // namespace bpfbuild::usage
