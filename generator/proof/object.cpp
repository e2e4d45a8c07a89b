#include "proof/object.hpp"

#include <gelf.h>
#include <libelf.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "btf/parser.hpp"
#include "object/core_relocations.hpp"
#include "proof/signature.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"

namespace bpfbuild::proof {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;

Error damaged(std::string_view what) { return Error(format("damaged BPF object: {}", what)); }

class ObjectReader {
 public:
  explicit ObjectReader(const InputFile& file) {
    ::elf_version(EV_CURRENT);
    elf_.reset(::elf_begin(file.descriptor(), ELF_C_READ, nullptr));
    if (elf_ == nullptr || ::elf_getshdrstrndx(elf_.get(), &names_) != 0) throw damaged(::elf_errmsg(-1));
  }

  Object read() {
    for (Elf_Scn* each = nullptr; (each = ::elf_nextscn(elf_.get(), each)) != nullptr;) add_section(each);
    for (Elf_Scn* each = nullptr; (each = ::elf_nextscn(elf_.get(), each)) != nullptr;) {
      const GElf_Shdr header = header_of(each);
      if (header.sh_type == SHT_SYMTAB) add_functions(each, header);
      if (header.sh_type == SHT_REL) add_references(each, header);
    }
    if (!btf_) {
      const bool is_empty = std::all_of(object_.sections.begin(), object_.sections.end(),
                                        [](const auto& section) { return section.second.size == 0; });
      if (is_empty) return std::move(object_);  // nothing is defined, and so nothing described
      throw damaged("it has no BTF (flag -g)");
    }
    const btf::TypeTable types = btf::parse(*btf_);
    if (btf_ext_) add_relocations(types);
    add_declarations(types);
    return std::move(object_);
  }

 private:
  struct End {
    void operator()(Elf* elf) const { ::elf_end(elf); }
  };

  static GElf_Shdr header_of(Elf_Scn* section) {
    GElf_Shdr header;
    if (::gelf_getshdr(section, &header) == nullptr) throw damaged(::elf_errmsg(-1));
    return header;
  }

  std::string name_of(const GElf_Shdr& header) const {
    const char* const name = ::elf_strptr(elf_.get(), names_, header.sh_name);
    return name == nullptr ? "" : name;
  }

  void add_section(Elf_Scn* section) {
    const GElf_Shdr header = header_of(section);
    const std::string name = name_of(header);
    const Elf_Data* const data = ::elf_rawdata(section, nullptr);
    const auto* const start = data == nullptr ? nullptr : static_cast<const std::byte*>(data->d_buf);
    const std::span<const std::byte> bytes(start, start == nullptr ? 0 : data->d_size);
    if (name == ".BTF") btf_ = Bytes{bytes, nullptr};
    if (name == ".BTF.ext") btf_ext_ = bytes;
    if ((header.sh_flags & SHF_ALLOC) == 0 || name == ".eh_frame") return;
    Section& added = object_.sections[name];
    added.is_code = (header.sh_flags & SHF_EXECINSTR) != 0;
    added.size = header.sh_size;
    added.bytes.assign(bytes.begin(), bytes.end());
  }

  Section* section_at(std::size_t index) {
    Elf_Scn* const section = ::elf_getscn(elf_.get(), index);
    if (section == nullptr) return nullptr;
    const auto found = object_.sections.find(name_of(header_of(section)));
    return found == object_.sections.end() ? nullptr : &found->second;
  }

  void add_functions(Elf_Scn* symbols, const GElf_Shdr& header) {
    Elf_Data* const data = ::elf_getdata(symbols, nullptr);
    GElf_Sym symbol;
    for (int i = 0; ::gelf_getsym(data, i, &symbol) != nullptr; ++i) {
      if (GELF_ST_TYPE(symbol.st_info) != STT_FUNC) continue;
      const char* const name = ::elf_strptr(elf_.get(), header.sh_link, symbol.st_name);
      Section* const section = section_at(symbol.st_shndx);
      if (section != nullptr && name != nullptr) section->functions[symbol.st_value] = name;
    }
  }

  void add_references(Elf_Scn* relocations, const GElf_Shdr& header) {
    Section* const section = section_at(header.sh_info);
    Elf_Scn* const symbols = ::elf_getscn(elf_.get(), header.sh_link);
    if (section == nullptr || symbols == nullptr) return;
    Elf_Data* const data = ::elf_getdata(relocations, nullptr);
    Elf_Data* const symbol_data = ::elf_getdata(symbols, nullptr);
    const GElf_Shdr symbol_header = header_of(symbols);
    GElf_Rel relocation;
    for (int i = 0; ::gelf_getrel(data, i, &relocation) != nullptr; ++i) {
      GElf_Sym symbol;
      if (::gelf_getsym(symbol_data, static_cast<int>(GELF_R_SYM(relocation.r_info)), &symbol) == nullptr)
        continue;
      std::string name;
      if (GELF_ST_TYPE(symbol.st_info) == STT_SECTION) {
        Elf_Scn* const target = ::elf_getscn(elf_.get(), symbol.st_shndx);
        if (target != nullptr) name = name_of(header_of(target));
      } else if (const char* text = ::elf_strptr(elf_.get(), symbol_header.sh_link, symbol.st_name)) {
        name = text;
      }
      section->references[relocation.r_offset] =
          format("{} (relocation {})", name, GELF_R_TYPE(relocation.r_info));
    }
  }

  void add_relocations(const btf::TypeTable& types) {
    for (const object::CoreRelocation& each : object::read_core_relocations(*btf_ext_, types)) {
      object_.sections[each.section].relocations[each.offset] =
          format("{} of {}", object::question(each.kind), access_path(types, each.type, each.access));
    }
  }

  void add_declarations(const btf::TypeTable& types) {
    for (TypeId id = 1; id < types.id_count(); ++id) {
      const Type type = types[id];
      if (type.kind() == Kind::function) {
        constexpr std::uint32_t is_static = 0;
        if (type.item_count() == is_static) continue;
        object_.declarations[format("function '{}'", type.name())] = signature(types, id, Detail::definition);
      } else if (type.kind() == Kind::data_section) {
        const bool has_maps = type.name() == ".maps";
        for (std::uint32_t i = 0; i < type.item_count(); ++i) {
          const Type variable = types[type.items()[3 * i]];
          if (variable.kind() != Kind::variable) continue;
          object_.declarations[format("{} '{}'", has_maps ? "map" : "variable", variable.name())] =
              signature(types, variable.target(), has_maps ? Detail::size : Detail::name);
        }
      }
    }
  }

  std::unique_ptr<Elf, End> elf_;
  std::size_t names_ = 0;  // index of the section of section names
  std::optional<Bytes> btf_;
  std::optional<std::span<const std::byte>> btf_ext_;
  Object object_;
};

}  // namespace

Object read_object(const std::filesystem::path& path) { return ObjectReader(InputFile(path)).read(); }

}  // namespace bpfbuild::proof
