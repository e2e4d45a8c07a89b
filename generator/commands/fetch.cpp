#include "commands/fetch.hpp"

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "vm/debian_kernels.hpp"

namespace bpfbuild::commands {

void fetch(const std::vector<std::string>& kernels) {
  for (const std::string& name : kernels) {
    const auto kernel = vm::parse_debian_kernel(name);
    if (!kernel)
      throw Error::usage(format("'{}' is no kernel of Debian", name), "expected such as debian:bookworm");
    vm::fetch(*kernel);
    write_to_standard_output(kernel->image().native() + "\n");
  }
}

}  // namespace bpfbuild::commands
