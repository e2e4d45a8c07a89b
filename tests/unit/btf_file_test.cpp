#include "btf/file.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "elf_builder.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::BtfBuilder;
using test::message_of;
using test::TemporaryDirectory;
using test::write_elf;

namespace {

std::string sample() {
  BtfBuilder b;
  b.integer("int", 4);
  return b.contents();
}

}  // namespace

TEST_CASE("raw BTF and the section of an ELF file are the same to the parser", "[btf.file]") {
  const TemporaryDirectory directory;
  const Bytes raw = btf::read(btf::open(directory.file("raw.btf", sample()))).btf;
  write_elf(directory.path() / "object.o", ".BTF", sample());
  const Bytes section = btf::read(btf::open(directory.path() / "object.o")).btf;

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
    message_of([&] { btf::parse(btf::read(btf::open(path)).btf); });  // whatever it says, it must not crash
  }
}

TEST_CASE("a missing file is a missing file", "[btf.file]") {
  CHECK(message_of([] { btf::open("/no/such.btf"); }) ==
        "/no/such.btf: cannot open: No such file or directory");
}
