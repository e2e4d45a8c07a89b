#include "btf/file.hpp"

#include <fcntl.h>
#include <gelf.h>
#include <unistd.h>

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::BtfBuilder;
using test::message_of;
using test::TemporaryDirectory;

namespace {

std::string sample() {
  BtfBuilder b;
  b.integer("int", 4);
  return b.contents();
}

/// Writes an ELF file with one section besides that of the names.
void write_elf(const std::filesystem::path& path, const std::string& name, std::string contents) {
  ::elf_version(EV_CURRENT);
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0644);
  Elf* const elf = ::elf_begin(descriptor, ELF_C_WRITE, nullptr);
  GElf_Ehdr header{};
  ::gelf_newehdr(elf, ELFCLASS64);
  ::gelf_getehdr(elf, &header);
  header.e_type = ET_REL;
  header.e_machine = EM_BPF;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_shstrndx = 2;
  ::gelf_update_ehdr(elf, &header);

  std::string names = std::string("\0", 1) + name + '\0' + ".shstrtab" + '\0';
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
  add_section(contents, 1, SHT_PROGBITS);
  add_section(names, name.size() + 2, SHT_STRTAB);
  ::elf_update(elf, ELF_C_WRITE);
  ::elf_end(elf);
  ::close(descriptor);
}

}  // namespace

TEST_CASE("raw BTF and the section of an ELF file are the same to the parser", "[btf.file]") {
  const TemporaryDirectory directory;
  const Bytes raw = btf::read(btf::open(directory.file("raw.btf", sample())));
  write_elf(directory.path() / "object.o", ".BTF", sample());
  const Bytes section = btf::read(btf::open(directory.path() / "object.o"));

  CHECK(btf::parse(raw)[1].name() == "int");
  CHECK(btf::parse(section)[1].name() == "int");
  CHECK(btf::hash(raw) == btf::hash(section));
}

TEST_CASE("different BTF has a different hash", "[btf.file]") {
  BtfBuilder other;
  other.integer("int", 8);
  CHECK(btf::hash(test::bytes_of(sample())) != btf::hash(other.bytes()));
}

TEST_CASE("an ELF file without BTF says what makes one with it", "[btf.file]") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() / "object.o";
  write_elf(path, ".text", "xxxx");
  CHECK(message_of([&] { btf::read(btf::open(path)); }) ==
        path +
            ": ELF file without a .BTF section; a BPF object needs clang -g, a kernel CONFIG_DEBUG_INFO_BTF");
}

TEST_CASE("damaged ELF files are refused", "[btf.file]") {
  const TemporaryDirectory directory;
  write_elf(directory.path() / "object.o", ".BTF", sample());
  const std::string good = test::contents_of(directory.path() / "object.o");
  CHECK_THAT(message_of([&] { btf::read(btf::open(directory.file("short.o", good.substr(0, 40)))); }),
             test::contains("short.o: damaged ELF file: "));
  for (std::size_t length = 0; length < good.size(); ++length) {
    const auto path = directory.file("cut.o", good.substr(0, length));
    message_of([&] { btf::parse(btf::read(btf::open(path))); });  // whatever it says, it must not crash
  }
}

TEST_CASE("a missing file is a missing file", "[btf.file]") {
  CHECK(message_of([] { btf::open("/no/such.btf"); }) ==
        "/no/such.btf: cannot open: No such file or directory");
}
