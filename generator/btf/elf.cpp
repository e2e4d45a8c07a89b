#include "btf/elf.hpp"

#include <gelf.h>
#include <libelf.h>

#include <algorithm>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::btf {

namespace {

constexpr std::size_t largest_section = std::size_t{128} << 20;

Error damaged() { return Error(format("damaged ELF file: {}", ::elf_errmsg(-1))); }

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// What follows the mark, up to the first character that no release has.
std::string release_after(std::string_view text, std::string_view mark) {
  constexpr std::size_t longest_release = 64;  // __NEW_UTS_LEN
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    const std::string_view rest = text.substr(at + mark.size(), longest_release);
    const auto is_part = [](char c) { return c > ' ' && c < 0x7f; };
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_part);
    if (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') return {rest.begin(), end};
  }
  return {};
}

}  // namespace

std::string kernel_release_in(std::span<const std::byte> bytes) {
  return release_after(text_of(bytes), "Linux version ");
}

ElfFile::ElfFile(const InputFile& file) {
  ::elf_version(EV_CURRENT);
  elf_.reset(::elf_begin(file.descriptor(), ELF_C_READ, nullptr), ::elf_end);
  find_names();
}

ElfFile::ElfFile(const Bytes& bytes) : memory_(bytes.owner) {
  ::elf_version(EV_CURRENT);
  // libelf writes to memory that it is given only where it is told to update the file, which it is not.
  char* const start = reinterpret_cast<char*>(const_cast<std::byte*>(bytes.view.data()));
  elf_.reset(::elf_memory(start, bytes.view.size()), ::elf_end);
  find_names();
}

void ElfFile::find_names() {
  if (elf_ == nullptr || ::elf_getshdrstrndx(elf_.get(), &names_) != 0) throw damaged();
}

std::optional<Bytes> ElfFile::section(std::string_view wanted) const {
  for (Elf_Scn* section = nullptr; (section = ::elf_nextscn(elf_.get(), section)) != nullptr;) {
    GElf_Shdr header;
    if (::gelf_getshdr(section, &header) == nullptr) throw damaged();
    const char* const name = ::elf_strptr(elf_.get(), names_, header.sh_name);
    if (name == nullptr || name != wanted) continue;
    if (header.sh_type == SHT_NOBITS || header.sh_size == 0) return std::nullopt;
    if (header.sh_size > largest_section) throw Error(format("section {} is larger than 128 MiB", wanted));
    const Elf_Data* const data = ::elf_rawdata(section, nullptr);
    if (data == nullptr) throw damaged();
    if (data->d_buf == nullptr) return std::nullopt;
    const auto owners =
        std::make_shared<std::pair<std::shared_ptr<Elf>, std::shared_ptr<const void>>>(elf_, memory_);
    return Bytes{{static_cast<const std::byte*>(data->d_buf), data->d_size}, owners};
  }
  return std::nullopt;
}

std::string ElfFile::kernel_release() const {
  if (const auto information = section(".modinfo")) {
    std::string release = release_after(text_of(information->view), "vermagic=");
    if (!release.empty()) return release;
  }
  const auto constants = section(".rodata");
  return constants ? kernel_release_in(constants->view) : std::string();
}

}  // namespace bpfbuild::btf
