#include "object/check.hpp"

#include <fstream>

#include "catch.hpp"
#include "elf_builder.hpp"
#include "object/lines.hpp"
#include "object/source_lines.hpp"
#include "support/error.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;

namespace {

/// The bytes of words in the given byte order.
Bytes bytes_of_words(std::vector<std::uint32_t> words, bool foreign) {
  if (foreign) {
    for (std::uint32_t& word : words) word = __builtin_bswap32(word);
  }
  const auto memory = std::make_shared<std::vector<std::uint32_t>>(std::move(words));
  return {std::as_bytes(std::span(*memory)), memory};
}

}  // namespace

TEST_CASE("damaged line information is no line information", "[object]") {
  object::Object object;
  for (const bool foreign : {false, true}) {
    object.foreign_byte_order = foreign;
    CHECK(object::Lines(object).at("xdp", 0).empty());
    // Lengths and offsets far beyond the end, and a record that is too small.
    object.btf_ext = bytes_of_words({0x1eb9f, 24, 0, 0, 0xfffffff0, 0xffffffff}, foreign);
    CHECK(object::Lines(object).at("xdp", 0).empty());
    object.btf_ext = bytes_of_words({0x1eb9f, 24, 0, 0, 0, 20, 4, 1, 1, 0, 1}, foreign);
    CHECK(object::Lines(object).at("xdp", 0).empty());
    object.btf_ext =
        bytes_of_words({0x1eb9f, 24, 0, 0, 0, 20, 16, 77, 0xffffffff, 0, 99, 99, 1 << 10}, foreign);
    CHECK(object::Lines(object).at("xdp", 0).empty());
  }
}

TEST_CASE("lines get the text that their source has", "[object]") {
  const test::TemporaryDirectory directory;
  const std::filesystem::path path = directory.path() / "x.bpf.o";
  const auto text_of = [](const std::vector<std::uint32_t>& words) {
    return std::string(reinterpret_cast<const char*>(words.data()), words.size() * sizeof(words[0]));
  };
  const std::string strings("\0xdp\0x.c\0second\0", 16);
  test::write_elf(path, {{".BTF", text_of({0x1eb9f, 24, 0, 0, 0, 16}) + strings},
                         {"xdp", "code"},
                         // Lines 2, 2 with its text, 3, and 9, which is not there.
                         {".BTF.ext", text_of({0x1eb9f, 24, 0, 0,       0,  76, 16, 1,       4,  //
                                               0,       5,  0, 2 << 10, 8,  5,  9,  2 << 10,     //
                                               16,      5,  0, 3 << 10, 24, 5,  0,  9 << 10})}});
  const auto texts = [&] {
    std::vector<std::string> texts;
    for (const object::LineRecord& record : object::read_line_records(object::read(path)))
      texts.push_back(record.text);
    return texts;
  };
  using Texts = std::vector<std::string>;

  // Where nothing is found nothing is written.
  const auto before = std::filesystem::last_write_time(path);
  object::add_missing_source_lines(path, object::read(path), {"/nowhere", directory.path()});
  CHECK(std::filesystem::last_write_time(path) == before);
  CHECK(texts() == Texts{"", "second", "", ""});

  std::ofstream(directory.path() / "x.c") << "first\n  of the source\nthird";
  object::add_missing_source_lines(path, object::read(path), {"/nowhere", directory.path()});
  CHECK(texts() == Texts{"  of the source", "second", "third", ""});
}

TEST_CASE("references and sections beyond the tables are passed over", "[object]") {
  object::Object object;
  object.sections = {{"", false}, {"xdp", true}};
  object.symbols = {{"", 0, 0, false, false}, {"lost", 77, 0, true, true}, {"missing", 0, 0, true, true}};
  object.references = {{2, 99, 0}, {55, 1, 0}};
  const auto findings = object::check(object, "x.bpf.o");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].is_error);
  CHECK(findings[0].text.substr(0, 9) == "'missing'");
  CHECK(findings[1].text.substr(0, 20) == "'x.bpf.o' has no pro");
}

TEST_CASE("what is no object is told by its name", "[object]") {
  try {
    object::read("/dev/null");
    FAIL("nothing was told");
  } catch (const Error& error) {
    CHECK_THAT(error.what(), Catch::Matchers::StartsWith("/dev/null: damaged ELF file: "));
  }
}
