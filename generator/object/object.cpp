#include "object/object.hpp"

#include <gelf.h>
#include <libelf.h>

#include <bit>
#include <memory>

#include "btf/elf.hpp"
#include "btf/parser.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::object {

namespace {

Error damaged() { return Error(format("damaged ELF file: {}", ::elf_errmsg(-1))); }

class Reader {
 public:
  explicit Reader(const InputFile& file) {
    ::elf_version(EV_CURRENT);
    elf_.reset(::elf_begin(file.descriptor(), ELF_C_READ, nullptr));
    if (elf_ == nullptr || ::elf_getshdrstrndx(elf_.get(), &names_) != 0) throw damaged();
  }

  void read(Object& object) {
    GElf_Ehdr header;
    if (::gelf_getehdr(elf_.get(), &header) == nullptr) throw damaged();
    const bool is_little = header.e_ident[EI_DATA] == ELFDATA2LSB;
    object.foreign_byte_order = is_little != (std::endian::native == std::endian::little);
    object.sections.push_back({});  // number 0 means none
    for (Elf_Scn* section = nullptr; (section = ::elf_nextscn(elf_.get(), section)) != nullptr;) {
      const GElf_Shdr section_header = header_of(section);
      object.sections.push_back({text(names_, section_header.sh_name),
                                 (section_header.sh_flags & SHF_EXECINSTR) != 0,
                                 contents(section, section_header)});
    }
    for (Elf_Scn* section = nullptr; (section = ::elf_nextscn(elf_.get(), section)) != nullptr;) {
      const GElf_Shdr section_header = header_of(section);
      if (section_header.sh_type == SHT_SYMTAB) read_symbols(section, section_header, object);
      if (section_header.sh_type == SHT_REL) read_references(section, section_header, object);
    }
  }

 private:
  struct End {
    void operator()(Elf* elf) const { ::elf_end(elf); }
  };

  static GElf_Shdr header_of(Elf_Scn* section) {
    GElf_Shdr header;
    if (::gelf_getshdr(section, &header) == nullptr) throw damaged();
    return header;
  }

  [[nodiscard]] std::string text(std::size_t strings, std::size_t offset) const {
    const char* const found = ::elf_strptr(elf_.get(), strings, offset);
    if (found == nullptr) throw damaged();
    return found;
  }

  static std::vector<std::byte> contents(Elf_Scn* section, const GElf_Shdr& header) {
    if ((header.sh_flags & SHF_ALLOC) == 0 || header.sh_type != SHT_PROGBITS) return {};
    const Elf_Data* const data = ::elf_rawdata(section, nullptr);
    if (data == nullptr || data->d_buf == nullptr) return {};
    const auto* const start = static_cast<const std::byte*>(data->d_buf);
    return {start, start + data->d_size};
  }

  void read_symbols(Elf_Scn* section, const GElf_Shdr& header, Object& object) const {
    Elf_Data* const data = ::elf_getdata(section, nullptr);
    GElf_Sym symbol;
    for (int i = 0; data != nullptr && ::gelf_getsym(data, i, &symbol) != nullptr; ++i) {
      const bool is_in_section = symbol.st_shndx < object.sections.size();
      object.symbols.push_back(
          {text(header.sh_link, symbol.st_name), is_in_section ? symbol.st_shndx : object.sections.size(),
           symbol.st_value, GELF_ST_TYPE(symbol.st_info) == STT_FUNC,
           GELF_ST_BIND(symbol.st_info) != STB_LOCAL, GELF_ST_BIND(symbol.st_info) == STB_WEAK,
           GELF_ST_VISIBILITY(symbol.st_other) == STV_HIDDEN ||
               GELF_ST_VISIBILITY(symbol.st_other) == STV_INTERNAL,
           symbol.st_size});
    }
  }

  static void read_references(Elf_Scn* section, const GElf_Shdr& header, Object& object) {
    Elf_Data* const data = ::elf_getdata(section, nullptr);
    GElf_Rel reference;
    for (int i = 0; data != nullptr && ::gelf_getrel(data, i, &reference) != nullptr; ++i) {
      object.references.push_back({GELF_R_SYM(reference.r_info), header.sh_info, reference.r_offset});
    }
  }

  std::unique_ptr<Elf, End> elf_;
  std::size_t names_ = 0;
};

}  // namespace

Object read(const std::filesystem::path& path) {
  const InputFile file(path);
  try {
    Object object;
    Reader(file).read(object);
    const btf::ElfFile elf(file);
    const auto btf = elf.section(".BTF");
    if (btf) object.types = btf::parse(*btf);
    if (auto btf_ext = elf.section(".BTF.ext")) object.btf_ext = *btf_ext;
    return object;
  } catch (const Error& error) {
    throw error.at(path.native());
  }
}

}  // namespace bpfbuild::object
