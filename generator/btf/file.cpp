#include "btf/file.hpp"

#include <libelf.h>
#include <sys/utsname.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <optional>
#include <utility>

#include "btf/pahole.hpp"
#include "support/error.hpp"

namespace bpfbuild::btf {

namespace {

Contents find_in_file(const Bytes& bytes) {
  Work work;
  std::optional<Contents> found = find_btf(bytes, work);
  if (!found) return {bytes, {}, {}, false};  // for the parser to say what it is not
  if (found->from_dwarf) found->btf = encode_dwarf(std::exchange(found->elf_with_dwarf, {}));
  return std::move(*found);
}

Contents find_in_elf(const InputFile& file) {
  Contents contents = read_elf(ElfFile(file));
  if (contents.from_dwarf) contents.btf = encode_dwarf(file.path());
  return contents;
}

}  // namespace

InputFile open(const std::filesystem::path& path) {
  if (path == running_kernel && !std::filesystem::exists(path)) {
    throw Error(
        "this kernel shows no BTF: it was built without CONFIG_DEBUG_INFO_BTF, or /sys is not mounted",
        "name another file with --btf")
        .at(path.native());
  }
  return InputFile(path);
}

Contents read(const InputFile& file) {
  // Of ELF files only sections are read: a kernel with its DWARF may be larger than what is read whole.
  const bool is_elf = file.begins_with(ELFMAG);
  const Bytes bytes = is_elf ? Bytes() : file.read();
  try {
    Contents contents = is_elf ? find_in_elf(file) : find_in_file(bytes);
    utsname system{};
    if (file.path() == running_kernel && ::uname(&system) == 0) contents.kernel_release = system.release;
    return contents;
  } catch (const Error& error) {
    throw error.at(file.path().native());
  }
}

std::uint64_t hash(const Bytes& btf, std::uint64_t before) {
  return XXH3_64bits_withSeed(btf.view.data(), btf.view.size(), before);
}

}  // namespace bpfbuild::btf
