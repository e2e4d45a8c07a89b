/// ELF files made by the test.
#pragma once

#include <fcntl.h>
#include <gelf.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

namespace bpfbuild::test {

struct SectionSpec {
  std::string name;
  std::string contents;
};

/// Writes an ELF file with these sections, besides that of their names.
inline void write_elf(const std::filesystem::path& path, std::vector<SectionSpec> sections) {
  ::elf_version(EV_CURRENT);
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0644);
  Elf* const elf = ::elf_begin(descriptor, ELF_C_WRITE, nullptr);
  GElf_Ehdr header{};
  ::gelf_newehdr(elf, ELFCLASS64);
  ::gelf_getehdr(elf, &header);
  header.e_type = ET_REL;
  header.e_machine = EM_BPF;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_shstrndx = static_cast<GElf_Half>(sections.size() + 1);
  ::gelf_update_ehdr(elf, &header);

  std::string names(1, '\0');
  const auto add_section = [&](std::string& text, std::size_t name_offset, std::uint32_t type) {
    Elf_Scn* const section = ::elf_newscn(elf);
    Elf_Data* const data = ::elf_newdata(section);
    data->d_buf = text.data();
    data->d_size = text.size();
    data->d_align = 1;
    GElf_Shdr section_header{};
    ::gelf_getshdr(section, &section_header);
    section_header.sh_name = static_cast<std::uint32_t>(name_offset);
    section_header.sh_type = type;
    ::gelf_update_shdr(section, &section_header);
  };
  for (SectionSpec& section : sections) {
    const std::size_t name_offset = names.size();
    names += section.name + '\0';
    add_section(section.contents, name_offset, SHT_PROGBITS);
  }
  const std::size_t name_offset = names.size();
  names += std::string(".shstrtab") + '\0';
  add_section(names, name_offset, SHT_STRTAB);
  ::elf_update(elf, ELF_C_WRITE);
  ::elf_end(elf);
  ::close(descriptor);
}

inline void write_elf(const std::filesystem::path& path, const std::string& name,
                      const std::string& contents) {
  write_elf(path, {{name, contents}});
}

}  // namespace bpfbuild::test
