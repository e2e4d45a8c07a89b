#include "btf/file.hpp"

#include <fmt/format.h>
#include <gelf.h>
#include <libelf.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <memory>

#include "support/error.hpp"

namespace bpfbuild::btf {

namespace {

Bytes section_of_elf(const InputFile& file, std::string_view wanted) {
  const auto fail = [] { return Error(fmt::format("damaged ELF file: {}", ::elf_errmsg(-1))); };
  ::elf_version(EV_CURRENT);
  const std::shared_ptr<Elf> elf(::elf_begin(file.descriptor(), ELF_C_READ, nullptr), ::elf_end);
  std::size_t names = 0;
  if (elf == nullptr || ::elf_getshdrstrndx(elf.get(), &names) != 0) throw fail();

  for (Elf_Scn* section = nullptr; (section = ::elf_nextscn(elf.get(), section)) != nullptr;) {
    GElf_Shdr header;
    if (::gelf_getshdr(section, &header) == nullptr) throw fail();
    const char* const name = ::elf_strptr(elf.get(), names, header.sh_name);
    if (name == nullptr || name != wanted) continue;
    const Elf_Data* const data = ::elf_rawdata(section, nullptr);
    if (data == nullptr) throw fail();
    if (data->d_buf == nullptr) break;  // an empty section, or one without contents
    return {{static_cast<const std::byte*>(data->d_buf), data->d_size}, elf};
  }
  throw Error(fmt::format("ELF file without a {} section", wanted),
              "a BPF object needs clang -g, a kernel CONFIG_DEBUG_INFO_BTF");
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

Bytes read(const InputFile& file) {
  if (!file.begins_with(ELFMAG)) return file.read();
  try {
    return section_of_elf(file, ".BTF");
  } catch (const Error& error) {
    throw error.at(file.path().native());
  }
}

std::uint64_t hash(const Bytes& btf) { return XXH3_64bits(btf.view.data(), btf.view.size()); }

}  // namespace bpfbuild::btf
