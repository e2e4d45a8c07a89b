/// Objects that are the same, and those that are not.
#include "catch.hpp"
#include "proof/compare.hpp"

using namespace bpfbuild;
using proof::difference;
using proof::Object;
using proof::Section;

namespace {

constexpr std::size_t instruction = 8;

/// One program of two instructions, of which CO-RE patches the second; a map and a variable.
Object object() {
  Section code;
  code.is_code = true;
  code.size = 2 * instruction;
  code.bytes.resize(code.size, std::byte{0xb7});
  code.functions[0] = "prog";
  code.references[0] = "events (relocation 1)";
  code.relocations[instruction] = "byte offset of struct foo.a";
  Section data;
  data.size = 4;
  data.bytes.resize(4);
  return {{{"tc", code}, {".data", data}}, {{"map 'events'", "struct { }"}, {"variable 'v'", "int of 4"}}};
}

std::string told(const Object& found) { return difference(object(), found).value_or("the same"); }

}  // namespace

TEST_CASE("an object is the same as itself", "[proof]") { CHECK(told(object()) == "the same"); }

TEST_CASE("what CO-RE patches may differ, the rest of an instruction not", "[proof]") {
  Object other = object();
  auto& bytes = other.sections["tc"].bytes;
  for (std::size_t i = instruction + 2; i < 2 * instruction; ++i) bytes[i] = std::byte{1};
  CHECK(told(other) == "the same");
  bytes[instruction + 1] = std::byte{1};
  CHECK(told(other) ==
        "program 'prog': the instruction at 8 is 'b7 01 01 01 01 01 01 01', expected 'b7 b7 b7 b7 b7 b7 b7 "
        "b7', "
        "behind the byte offset of struct foo.a");
  other = object();
  other.sections["tc"].bytes[7] = std::byte{1};
  CHECK(told(other) ==
        "program 'prog': the instruction at 0 is 'b7 b7 b7 b7 b7 b7 b7 01', expected 'b7 b7 b7 b7 b7 b7 b7 "
        "b7'");
}

TEST_CASE("code that is longer or shorter is another", "[proof]") {
  Object other = object();
  other.sections["tc"].bytes.resize(3 * instruction);
  other.sections["tc"].size = 3 * instruction;
  CHECK(told(other) ==
        "program 'prog': the instruction at 16 is '00 00 00 00 00 00 00 00', expected 'nothing', behind the "
        "byte "
        "offset of struct foo.a");
}

TEST_CASE("relocations, references and functions count", "[proof]") {
  Object other = object();
  other.sections["tc"].relocations[instruction] = "byte offset of struct foo.b";
  CHECK(
      told(other) ==
      "program 'prog': the relocation at 8 is 'byte offset of struct foo.b', expected 'byte offset of struct "
      "foo.a'");
  other = object();
  other.sections["tc"].references.clear();
  CHECK(told(other) == "program 'prog': the reference at 0 is 'nothing', expected 'events (relocation 1)'");
  other = object();
  other.sections["tc"].functions[instruction] = "second";
  CHECK(told(other) == "section 'tc' has other functions");
}

TEST_CASE("data, maps and signatures count", "[proof]") {
  Object other = object();
  other.sections[".data"].bytes[0] = std::byte{1};
  CHECK(told(other) == "section '.data' has other contents");
  other.sections[".data"].size = 5;
  CHECK(told(other) == "section '.data' has 5 bytes, expected 4");
  other.sections.erase(".data");
  CHECK(told(other) == "there is no section '.data'");
  other = object();
  other.sections["xdp"];
  CHECK(told(other) == "there is a section 'xdp'");
  other = object();
  other.declarations["map 'events'"] = "struct { int a; }";
  CHECK(told(other) == "map 'events' is 'struct { int a; }', expected 'struct { }'");
  other.declarations.erase("map 'events'");
  CHECK(told(other) == "map 'events' is 'absent', expected 'struct { }'");
  other = object();
  other.declarations["function 'f'"] = "int()";
  CHECK(told(other) == "function 'f' is not expected");
}
