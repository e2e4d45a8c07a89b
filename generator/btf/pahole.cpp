#include "btf/pahole.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "support/error.hpp"
#include "support/format.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

namespace bpfbuild::btf {

namespace {

namespace fs = std::filesystem;

std::string text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size()};
}

Bytes encode(const fs::path& elf, const TemporaryDirectory& directory) {
  const fs::path btf = directory.file("btf");
  const fs::path messages = directory.file("messages");
  const std::optional<int> exit_code = run(
      {"pahole", "-J", "--btf_gen_floats", "--btf_encode_detached=" + btf.native(), elf.native()}, messages);
  if (!exit_code && errno == ENOENT) {
    throw Error("has DWARF but no BTF, and pahole, which makes one of the other, was not found",
                "install it (Debian and Ubuntu: pahole)");
  }
  if (!exit_code) throw Error(format("cannot run pahole: {}", std::strerror(errno)));
  if (*exit_code != 0 || !fs::exists(btf)) {
    std::string reason = text_of(InputFile(messages).read());
    reason.resize(std::min(reason.find('\n'), reason.size()));
    throw Error(format("has DWARF but no BTF, and pahole could not make one of the other: {}",
                       reason.empty() ? format("exit code {}", *exit_code) : reason));
  }
  return InputFile(btf).read();
}

}  // namespace

Bytes encode_dwarf(const fs::path& elf) {
  const TemporaryDirectory directory;
  return encode(fs::absolute(elf), directory);  // which is no option, whatever its name
}

Bytes encode_dwarf(const Bytes& elf) {
  const TemporaryDirectory directory;
  write_if_changed(directory.file("vmlinux"), text_of(elf));
  return encode(directory.file("vmlinux"), directory);
}

}  // namespace bpfbuild::btf
