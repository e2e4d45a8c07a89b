/// Libraries that are loaded when they are first needed, and whose absence matters only then.
#pragma once

#include <dlfcn.h>

#include <type_traits>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild {

class DynamicLibrary {
 public:
  explicit DynamicLibrary(const char* name) : name_(name), handle_(::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {}

  [[nodiscard]] bool is_there() const { return handle_ != nullptr; }

  /// Sets a pointer to a function. Throws Error when the library does not have it.
  template <typename Function>
  void load(Function& function, const char* symbol) const {
    function = reinterpret_cast<std::remove_reference_t<Function>>(::dlsym(handle_, symbol));
    if (function == nullptr) throw Error(format("{} has no {}", name_, symbol), "install a newer one");
  }

 private:
  const char* name_;
  void* handle_;  // never closed
};

/// libarchive of every version from 3.0 on, and how to get it. With all that it brings along (an XML parser,
/// Unicode tables) it would make every run of the tool longer by a tenth.
inline constexpr const char* libarchive = "libarchive.so.13";
inline constexpr const char* install_libarchive =
    "install it (Debian and Ubuntu: libarchive13 or libarchive13t64)";

}  // namespace bpfbuild
