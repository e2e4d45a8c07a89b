#include <string>
#include <vector>

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "compare/difference.hpp"
#include "compare/header_types.hpp"
#include "compare/spelling.hpp"
#include "support/format.hpp"

using namespace bpfbuild;
using btf::TypeId;
using test::BtfBuilder;

namespace {

/// "member: change before -> after, bridged" for each difference of the last types of both.
std::vector<std::string> differences(const BtfBuilder& before, const BtfBuilder& after) {
  const btf::TypeTable a = btf::parse(before.bytes());
  const btf::TypeTable b = btf::parse(after.bytes());
  std::vector<std::string> lines;
  for (const auto& each : compare::compare(a, a.id_count() - 1, "type", b, b.id_count() - 1)) {
    CHECK(each.type == "type");
    lines.push_back(format("{}: {} {} -> {}, {}", each.member, compare::name_of(each.change), each.before,
                           each.after, each.bridged ? "bridged" : "breaks"));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a type that stayed as it was has no differences", "[compare]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto inner = b.union_of("", 4, {{"deep", number, 0}});
  const auto own = b.structure("own", 8, {{"p", b.pointer(number), 0}});
  b.structure("foo", 24,
              {{"a", number, 0}, {"", inner, 32}, {"own", own, 64}, {"next", b.pointer(own), 128}});
  CHECK(differences(b, b).empty());
}

TEST_CASE("fields that moved or grew are bridged, wherever they are", "[compare]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  b.structure("foo", 20, {{"a", number, 0}, {"b", number, 32}, {"name", b.array(number, 3), 64}});
  BtfBuilder c;
  const auto other = c.signed_integer("int", 4);
  const auto inner = c.structure("", 8, {{"b", other, 0}, {"new", other, 32}});
  c.structure("foo", 28, {{"a", other, 0}, {"", inner, 32}, {"name", c.array(other, 4), 96}});
  CHECK(differences(b, c) == Lines{": resized 20 bytes -> 28 bytes, bridged",
                                   "name: moved byte 8 -> byte 12, bridged",
                                   "name: resized int[3] -> int[4], bridged", "new: added  -> int, bridged"});
}

TEST_CASE("fields that are gone break, and a new one of their type with a near name is offered",
          "[compare]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  b.structure("foo", 12, {{"state", number, 0}, {"gone", number, 32}, {"other", number, 64}});
  BtfBuilder c;
  const auto other = c.signed_integer("int", 4);
  const auto pointer = c.pointer(0);
  c.structure("foo", 16, {{"__state", other, 0}, {"xother", pointer, 64}});
  const Lines lines = differences(b, c);
  CHECK(lines[1] == "state: renamed  -> __state, breaks");
  CHECK(lines[2] == "gone: missing  -> , breaks");
  CHECK(lines[3] == "other: missing  -> , breaks");
}

TEST_CASE("a field of another type is bridged where libbpf adjusts the access", "[compare]") {
  struct Sides {
    BtfBuilder before, after;
  };
  const auto line_of = [](auto&& make_before, auto&& make_after) {
    Sides sides;
    const TypeId a = make_before(sides.before);
    const TypeId b = make_after(sides.after);
    sides.before.structure("foo", 64, {{"f", a, 0}});
    sides.after.structure("foo", 64, {{"f", b, 0}});
    const Lines lines = differences(sides.before, sides.after);
    return lines.empty() ? std::string() : lines.front();
  };
  const auto integer = [](std::string_view name, std::uint32_t size) {
    return [=](BtfBuilder& b) { return b.integer(name, size); };
  };
  const auto signed_integer = [](std::string_view name, std::uint32_t size) {
    return [=](BtfBuilder& b) { return b.signed_integer(name, size); };
  };
  const auto pointer_to = [](std::string_view name) {
    return [=](BtfBuilder& b) { return b.pointer(b.structure(name, 4, {})); };
  };
  const auto record = [](std::string_view name, std::uint32_t size) {
    return [=](BtfBuilder& b) { return b.structure(name, size, {}); };
  };
  const auto pointer_to_nothing = [](BtfBuilder& b) { return b.pointer(0); };

  CHECK(line_of(integer("u32", 4), integer("u64", 8)) == "f: resized u32 -> u64, bridged");
  CHECK(line_of(signed_integer("int", 4), signed_integer("long", 8)) == "f: resized int -> long, breaks");
  CHECK(line_of(integer("u32", 4), signed_integer("int", 4)) == "f: retyped u32 -> int, bridged");
  CHECK(line_of(integer("char", 1), signed_integer("char", 1)).empty());
  CHECK(line_of(integer("u32", 4), pointer_to("a")) == "f: retyped u32 -> struct a *, breaks");
  CHECK(line_of(pointer_to("a"), pointer_to("b")) == "f: retyped struct a * -> struct b *, breaks");
  CHECK(line_of(pointer_to("a"), pointer_to_nothing) == "f: retyped struct a * -> void *, bridged");
  CHECK(line_of(record("a", 4), record("b", 4)) == "f: retyped struct a -> struct b, bridged");
  CHECK(line_of(record("a", 4), record("a", 8)) == "f: resized 4 bytes -> 8 bytes, bridged");
  CHECK(line_of(record("a___2", 4), record("a", 4)).empty());
}

TEST_CASE("a bitfield can change its width but not become a plain field", "[compare]") {
  BtfBuilder b;
  const auto number = b.integer("unsigned int", 4);
  b.structure("foo", 4, {{"wide", number, 0, 3}, {"plain", number, 3, 2}});
  BtfBuilder c;
  const auto other = c.integer("unsigned int", 4);
  c.structure("foo", 8, {{"wide", other, 1, 4}, {"plain", other, 32}});
  CHECK(differences(b, c) ==
        Lines{": resized 4 bytes -> 8 bytes, bridged", "wide: moved byte 0 -> byte 0 bit 1, bridged",
              "wide: resized 3 bits -> 4 bits, bridged", "plain: moved byte 0 bit 3 -> byte 4, bridged",
              "plain: resized 2 bits -> no bitfield, breaks"});
}

TEST_CASE("enumerators are compiled in: another value breaks", "[compare]") {
  BtfBuilder b;
  b.enumeration("e", {{"A", 1}, {"B___2", 2}, {"C", 3}});
  BtfBuilder c;
  c.enumeration("e", {{"A", 1}, {"B", 3}, {"D", 4}});
  CHECK(differences(b, c) ==
        Lines{"B: revalued 2 -> 3, breaks", "C: missing  -> , breaks", "D: added  -> 4, bridged"});
}

TEST_CASE("of several types of one name the most similar is the counterpart", "[compare]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const TypeId wanted = b.structure("foo___2", 4, {{"b", number, 0}});
  const btf::TypeTable before = btf::parse(b.bytes());
  BtfBuilder c;
  const auto other = c.signed_integer("int", 4);
  c.structure("foo", 4, {{"a", other, 0}});
  const TypeId found = c.structure("foo", 4, {{"b", other, 0}});
  c.alias("foo", other);
  const btf::TypeTable after = btf::parse(c.bytes());
  const compare::Counterparts counterparts(after);
  CHECK(counterparts.find("struct", "foo___2", before, wanted) == found);
  CHECK(counterparts.find("typedef", "foo", before, number) == found + 1);
  CHECK(counterparts.find("union", "foo", before, wanted) == 0);
  CHECK(counterparts.find("struct", "bar", before, wanted) == 0);
}

TEST_CASE("types are spelled as a reader knows them", "[compare]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto pointer = b.pointer(b.pointer(b.structure("foo", 4, {})));
  const auto array = b.array(b.array(number, 4), 3);
  const auto unnamed = b.pointer(b.union_of("", 4, {}));
  const btf::TypeTable types = btf::parse(b.bytes());
  CHECK(compare::spelling(types, pointer) == "struct foo **");
  CHECK(compare::spelling(types, array) == "int[3][4]");
  CHECK(compare::spelling(types, unnamed) == "union *");
  CHECK(compare::spelling(types, 0) == "void");
}

TEST_CASE("the types that a header defines are found in its text", "[compare]") {
  const std::string text = R"(typedef unsigned int __u32;
struct only_declared;
typedef int number;
typedef int numbers[4];
typedef void (*callback)(int);
typedef int function(void (*)(void *), int);
typedef void (*(*nested)(int))(long);
typedef struct {
 int a;
 struct {
  int b;
 };
} __attribute__((aligned(8))) unnamed;
typedef enum {
 A = 1,
} __attribute__((mode(QI))) small;
struct foo {
 struct {
  int b;
 } inner;
};
union bar {
 int x;
} __attribute__((packed));
enum baz {
 B = 1,
};
#pragma clang attribute pop
struct record_args {
 int x;
};
)";
  std::string found;
  for (const compare::NamedType& type : compare::defined_types(text)) found += type.spelled() + ", ";
  CHECK(found ==
        "number, numbers, callback, function, nested, unnamed, small, struct foo, union bar, enum baz, ");
}
