#include "btf/parser.hpp"

#include "btf/check.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"

using namespace bpfbuild;
using test::BtfBuilder;
using test::bytes_of;
using test::message_of;

namespace {

std::string error_of(const std::string& contents) {
  return message_of([&] { btf::parse(bytes_of(contents)); });
}

std::string error_of(const BtfBuilder& builder) { return error_of(builder.contents()); }

/// A valid file with one word of its header replaced.
std::string with_header_word(std::size_t index, std::uint32_t value) {
  BtfBuilder b;
  b.integer("int", 4);
  std::string contents = b.contents();
  std::memcpy(contents.data() + index * 4, &value, sizeof value);
  return contents;
}

}  // namespace

TEST_CASE("types can be read back as they were written", "[btf.parser]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto node =
      b.structure("node", 16, {{"next", 3, 0}, {"flags", number, 64, 3}, {"rest", number, 67, 29}});
  const auto link = b.pointer(node);
  const auto colour = b.enumeration("colour", {{"RED", -1}, {"BLUE", 7}}, 4, true);
  const auto wide = b.wide_enumeration("wide", {{"HUGE", std::int64_t{1} << 40}}, false);
  const auto row = b.array(b.alias("node_t", node), 3);

  for (const bool foreign : {false, true}) {
    const btf::TypeTable types = btf::parse(bytes_of(b.contents(foreign)));
    CHECK(types.id_count() == 8);
    CHECK(types[node].name() == "node");
    CHECK(types[node].member(0).type == link);
    CHECK(types[node].member(1).bit_offset == 64);
    CHECK(types[node].member(1).bit_size == 3);
    CHECK(types[colour].enumerator(0).value == -1);
    CHECK(types[wide].enumerator(0).value == std::int64_t{1} << 40);
    CHECK(types.size_of(row) == 48U);
    CHECK(types.size_of(link) == 8U);
    CHECK_FALSE(types.size_of(0));
    CHECK(types.find("node") == std::vector<btf::TypeId>{node});
    CHECK(types.find("nod").empty());
    CHECK(types.describe(node) == "type [2] struct 'node'");
  }
}

TEST_CASE("bytes at an odd address are read as well", "[btf.parser]") {
  BtfBuilder b;
  b.integer("int", 4);
  const Bytes shifted = bytes_of("x" + b.contents());
  const btf::TypeTable types = btf::parse({shifted.view.subspan(1), shifted.owner});
  CHECK(types[1].name() == "int");
}

TEST_CASE("a name may be the end of a longer string", "[btf.parser]") {
  BtfBuilder b;
  b.structure("my_struct", 0, {});
  b.structure("struct", 0, {});
  b.words[3] = b.words[0] + 3;
  CHECK(btf::parse(b.bytes()).find("struct") == std::vector<btf::TypeId>{2});
}

TEST_CASE("bitfields without the flag show in the type of the member", "[btf.parser]") {
  BtfBuilder b;
  const auto narrow = b.integer("unsigned int", 4, 0, 3);
  const auto record = b.structure("s", 4, {{"low", narrow, 0}, {"high", narrow, 3}});
  const btf::TypeTable types = btf::parse(b.bytes());
  CHECK(types[record].member(1).bit_offset == 3);
  CHECK(types[record].member(1).bit_size == 3);
}

TEST_CASE("the size of long tells that of pointers", "[btf.parser]") {
  BtfBuilder b;
  b.signed_integer("long int", 4);
  const auto pointer = b.pointer(0);
  CHECK(btf::parse(b.bytes()).size_of(pointer) == 4U);
}

TEST_CASE("a damaged header is refused", "[btf.parser]") {
  CHECK(error_of(std::string()) == ".BTF: 0 bytes are too few for the header of 24");
  CHECK(error_of(with_header_word(0, 0x1234)) ==
        ".BTF: begins with 0x1234, not with the magic number 0xeb9f");
  CHECK(error_of(with_header_word(0, 0x0002eb9f)) == ".BTF: version 2 is unknown, expected 1");
  CHECK(error_of(with_header_word(1, 20)) == ".BTF: header length 20 is below 24");
  CHECK(error_of(with_header_word(1, 0xffffffff)) ==
        ".BTF: type table ends at 0x10000000f, past the section end 0x2d");
  CHECK(error_of(with_header_word(3, 0x5f20)) ==
        ".BTF: type table ends at 0x5f38, past the section end 0x2d");
  CHECK(error_of(with_header_word(5, 0x5f20)) ==
        ".BTF: string table ends at 0x5f48, past the section end 0x2d");
  CHECK(error_of(with_header_word(3, 15)) ==
        ".BTF: type table at offset 0 with 15 bytes is not made of 32-bit words");
  CHECK(error_of(with_header_word(5, 0)) == ".BTF: string table is empty");
  CHECK(error_of(with_header_word(5, 3)) == ".BTF: string table does not end with a NUL byte");
  CHECK(error_of(with_header_word(4, 17)) == ".BTF: string table ends at 0x2e, past the section end 0x2d");
  CHECK(error_of(with_header_word(3, 12)) == "type [1] int: cut off by the end of the type table");
  CHECK(error_of(with_header_word(3, 8)) == "type [1]: cut off by the end of the type table");
}

TEST_CASE("the BTF of a module alone is refused", "[btf.parser]") {
  BtfBuilder b;
  b.strings = "begins without an empty string";
  b.strings.push_back('\0');
  CHECK(error_of(b) ==
        ".BTF: string table does not begin with the empty string; the BTF of a module continues that of its "
        "kernel and "
        "cannot be read alone");
}

TEST_CASE("unknown kinds are named", "[btf.parser]") {
  BtfBuilder b;
  b.words = {0, 20U << 24, 0};
  CHECK(error_of(b) == "type [1]: unknown kind 20; a newer bpfbuild may know it");
  b.words = {0, 0, 0};
  CHECK(error_of(b) == "type [1]: unknown kind 0");
}

TEST_CASE("references and names must lie within the table", "[btf.parser]") {
  BtfBuilder member;
  member.integer("int", 4);
  member.structure("sk_buff", 8, {{"a", 1, 0}, {"b", 99120, 32}});
  CHECK(error_of(member) == "type [2] struct 'sk_buff': member 1 refers to missing type [99120]");

  BtfBuilder pointer;
  pointer.pointer(7);
  CHECK(error_of(pointer) == "type [1] pointer: target refers to missing type [7]");

  BtfBuilder behind_pointer;
  behind_pointer.pointer(2);
  behind_pointer.alias("t", 0x10000000);
  CHECK(error_of(behind_pointer) == "type [2] typedef 't': target refers to missing type [268435456]");

  BtfBuilder name;
  name.integer("int", 4);
  name.words[0] = 0x500;
  CHECK(error_of(name) == "type [1] int: name offset 0x500 is past the end of the string table");

  BtfBuilder enumerator;
  enumerator.enumeration("e", {{"A", 1}});
  enumerator.words[3] = 0x600;
  CHECK(error_of(enumerator) ==
        "type [1] enum 'e': enumerator 0: name offset 0x600 is past the end of the string table");

  BtfBuilder function;
  function.add(btf::Kind::function, "f", 0);
  CHECK(error_of(function) ==
        "type [1] function 'f': prototype refers to type [0], a void, expected a function prototype");

  BtfBuilder declaration;
  declaration.prototype(0, {});
  declaration.add(btf::Kind::function, "f", 1);
  declaration.pointer(2);
  CHECK(error_of(declaration) ==
        "type [3] pointer: target refers to type [2], a function, which is no type of values");

  BtfBuilder parameter;
  parameter.integer("int", 4);
  parameter.prototype(0, {0, 1});
  CHECK(error_of(parameter) == "type [2] function prototype: parameter 0 is void");
}

TEST_CASE("sizes must fit the kind", "[btf.parser]") {
  BtfBuilder integer;
  integer.integer("int", 3);
  CHECK(error_of(integer) == "type [1] int 'int': has 3 bytes, which none of its kind has");

  BtfBuilder bits;
  bits.integer("int", 4, 0, 33);
  CHECK(error_of(bits) == "type [1] int 'int': has 33 bits at bit 0 of 4 bytes");

  BtfBuilder enumeration;
  enumeration.enumeration("e", {{"A", 1}}, 5);
  CHECK(error_of(enumeration) == "type [1] enum 'e': has 5 bytes, which none of its kind has");

  BtfBuilder declared;
  declared.pointer(declared.enumeration("e", {}, 0));
  CHECK(error_of(declared).empty());

  BtfBuilder without_size;
  without_size.enumeration("e", {{"A", 1}}, 0);
  CHECK(error_of(without_size) == "type [1] enum 'e': has 0 bytes, which none of its kind has");

  BtfBuilder items;
  items.words = {0, 2U << 24 | 3, 0};
  CHECK(error_of(items) == "type [1] pointer: claims 3 items, expected none");

  BtfBuilder array;
  array.array(array.integer("int", 4), 0x40000000);
  CHECK(error_of(array) == "type [2] array: 1073741824 elements of 4 bytes are too large");

  BtfBuilder of_void;
  of_void.add(btf::Kind::array, "", 0, {0, 0, 1});
  CHECK(error_of(of_void) == "type [1] array: element is of type [0] void, which has no size");
}

TEST_CASE("members must lie within their record", "[btf.parser]") {
  const auto error = [](btf::Kind kind, const test::MemberSpec& member) {
    BtfBuilder b;
    b.signed_integer("int", 4);
    b.forward("hidden");
    b.pointer(0);
    b.record(kind, "s", 8, {member});
    return error_of(b);
  };
  using btf::Kind;
  CHECK(error(Kind::struct_, {"a", 1, 64}) ==
        "type [4] struct 's': member 0 ends at bit 96, past the end at 64");
  CHECK(error(Kind::struct_, {"a", 1, 62, 3}) ==
        "type [4] struct 's': member 0 ends at bit 65, past the end at 64");
  CHECK(error(Kind::struct_, {"a", 1, 3}) == "type [4] struct 's': member 0 starts at bit 3, within a byte");
  CHECK(error(Kind::struct_, {"a", 1, 0, 33}) ==
        "type [4] struct 's': member 0 cannot be a bitfield of 33 bits");
  CHECK(error(Kind::struct_, {"a", 3, 0, 3}) ==
        "type [4] struct 's': member 0 cannot be a bitfield of 3 bits");
  CHECK(error(Kind::union_, {"a", 1, 32}) == "type [4] union 's': member 0 of a union starts at bit 32");
  CHECK(error(Kind::struct_, {"a", 2, 0}) ==
        "type [4] struct 's': member 0 is of type [2] fwd 'hidden', which has no size");
}

TEST_CASE("loops that have no end are refused", "[btf.parser]") {
  BtfBuilder itself;
  itself.structure("s", 8, {{"s", 1, 0}});
  CHECK(error_of(itself) == "type [1] struct 's': contains itself");

  BtfBuilder through_array;
  through_array.structure("s", 8, {{"s", 2, 0}});
  through_array.array(1, 1);
  CHECK(error_of(through_array) == "type [1] struct 's': contains itself");

  BtfBuilder typedefs;
  typedefs.alias("a", 2);
  typedefs.alias("b", 1);
  CHECK(error_of(typedefs) == "type [1] typedef 'a': contains itself");

  BtfBuilder pointers;
  pointers.pointer(2);
  pointers.qualified(btf::Kind::const_, 1);
  CHECK(error_of(pointers) == "type [1] pointer: is spelled in terms of itself");

  BtfBuilder functions;
  functions.pointer(2);
  functions.prototype(0, {1});
  CHECK(error_of(functions) == "type [1] pointer: is spelled in terms of itself");

  BtfBuilder anonymous;
  anonymous.structure("", 8, {{"self", 2, 0}});
  anonymous.pointer(1);
  CHECK(error_of(anonymous) == "type [1] struct: is spelled in terms of itself");

  BtfBuilder unnamed_member;  // of a record with a name: the members of that are written in its place
  unnamed_member.structure("outer", 8, {{"next", 2, 0}});
  unnamed_member.pointer(3);
  unnamed_member.structure("", 8, {{"", 1, 0}});
  CHECK(error_of(unnamed_member) == "type [1] struct 'outer': is spelled in terms of itself");

  BtfBuilder unnamed_pointer;
  unnamed_pointer.structure("", 8, {{"", 2, 0}});
  unnamed_pointer.pointer(1);
  CHECK(error_of(unnamed_pointer) == "type [1] struct: is spelled in terms of itself");
}

TEST_CASE("what is spelled in many places is not spelled without limit", "[btf.parser]") {
  BtfBuilder records;
  btf::TypeId twice = records.structure("", 0, {});
  for (int i = 0; i < 40; ++i) twice = records.structure("", 0, {{"a", twice, 0}, {"b", twice, 0}});
  records.structure("named", 0, {{"a", twice, 0}});
  CHECK(error_of(records) ==
        "type [42] struct 'named': takes too many words to be written, with the types before it");

  BtfBuilder prototypes;
  twice = prototypes.pointer(0);
  for (int i = 0; i < 40; ++i) twice = prototypes.pointer(prototypes.prototype(0, {twice, twice}));
  prototypes.alias("function", twice);
  CHECK_THAT(error_of(prototypes), test::contains("takes too many words"));

  BtfBuilder unnamed_members;
  twice = unnamed_members.structure("s", 0, {});
  for (int i = 0; i < 40; ++i) twice = unnamed_members.structure("s", 0, {{"", twice, 0}, {"", twice, 0}});
  CHECK_THAT(error_of(unnamed_members), test::contains("takes too many words"));
}

TEST_CASE("nesting has a limit", "[btf.parser]") {
  BtfBuilder forward;
  for (int i = 2; i < 100000; ++i) forward.pointer(static_cast<btf::TypeId>(i));
  forward.pointer(0);
  CHECK_THAT(error_of(forward), Catch::Matchers::EndsWith("nests more than 200 types deep"));

  BtfBuilder backward;
  for (int i = 0; i < 100000; ++i) backward.pointer(static_cast<btf::TypeId>(i));
  CHECK(error_of(backward) == "type [200] pointer: nests more than 200 types deep");
}

TEST_CASE("no single changed byte leads astray", "[btf.parser]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto inner = b.union_of("", 4, {{"x", number, 0}, {"y", b.array(number, 1), 0}});
  const auto outer = b.structure("outer", 16, {{"", inner, 0}, {"bits", number, 32, 3}, {"self", 5, 64}});
  b.pointer(outer);
  b.alias("outer_t", outer);
  b.enumeration("e", {{"A", 1}, {"B", 2}});
  b.wide_enumeration("w", {{"C", 1}}, true);
  b.add(btf::Kind::function, "f", b.prototype(number, {number, 0}));
  b.add(btf::Kind::data_section, ".data", 0, {b.add(btf::Kind::variable, "v", number, {1}), 0, 4}, 1);
  b.add(btf::Kind::declaration_tag, "tag", outer, {0});
  const std::string good = b.contents();
  REQUIRE(error_of(good).empty());

  std::size_t refused = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const int bit : {0, 1, 2, 3, 4, 5, 6, 7}) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ 1 << bit);
      refused += error_of(bad).empty() ? 0 : 1;
    }
  }
  CHECK(refused > good.size());
}
