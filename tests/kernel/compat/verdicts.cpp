/// `verdicts BTF... -- OBJECT...`: whether `bpfbuild compat` says of each object with each BTF what loading
/// it says, resolved by libbpf against this BTF and verified by the running kernel. Prints where it does not.
/// Ends with 1 then.
///
/// Of objects whose names begin with "unknown" the verdict may be stricter: they hang on the kernel's
/// configuration.
#include <bpf/libbpf.h>
#include <sys/utsname.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "btf/sources.hpp"
#include "compat/compat.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace {

using namespace bpfbuild;

bool loads(const char* path, const char* btf) {
  bpf_object_open_opts options = {};
  options.sz = sizeof options;
  options.btf_custom_path = btf;
  bpf_object* const object = bpf_object__open_file(path, &options);
  const bool does = object != nullptr && bpf_object__load(object) == 0;
  bpf_object__close(object);
  return does;
}

/// What keeps the object from being loaded.
std::string missing(const std::vector<compat::Finding>& findings) {
  for (const compat::Finding& each : findings) {
    if (each.status == compat::Status::missing) return format("{} ({})", each.name, each.reason);
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  char** const dashes = std::find(argv, argv + argc, std::string_view("--"));
  if (argc < 4 || dashes == argv + argc) return EXIT_FAILURE;
  libbpf_set_print(nullptr);
  utsname running = {};
  ::uname(&running);

  int verdicts = 0, refusals = 0, stricter = 0, wrong = 0;
  for (char** btf = argv + 1; btf != dashes; ++btf) {
    try {
      btf::Kernel kernel = btf::Sources({*btf}).read();
      kernel.release = running.release;  // which is what programs see that ask for it
      for (char** object = dashes + 1; object != argv + argc; ++object) {
        const std::string why_not = missing(compat::Candidate(*object).check(kernel));
        const bool does = loads(*object, *btf);
        ++verdicts;
        refusals += does ? 0 : 1;
        if (does == why_not.empty()) continue;
        const bool may_be_stricter =
            std::filesystem::path(*object).filename().native().starts_with("unknown");
        ++(does && may_be_stricter ? stricter : wrong);
        if (does && may_be_stricter) continue;
        std::cout << format("{} with {} {}, and compat says: {}\n", *object, *btf,
                            does ? "loads" : "does not load", why_not.empty() ? "it does" : why_not);
      }
    } catch (const Error& error) {
      std::cout << error.what() << '\n';
      return EXIT_FAILURE;
    }
  }
  std::cout << format("{} verdicts, {} of them refusals: {} wrong, {} stricter\n", verdicts, refusals, wrong,
                      stricter);
  return wrong == 0 && refusals > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
