#include "btf/join.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"

using namespace bpfbuild;
using btf::Kind;
using test::BtfBuilder;
using test::bytes_of;
using test::message_of;

namespace {

BtfBuilder kernel() {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);   // [1]
  b.structure("list", 8, {{"length", number, 0}});  // [2]
  return b;
}

btf::Module module_of(const BtfBuilder& builder, const std::string& name, bool foreign = false) {
  return {name, btf::read_sections(bytes_of(builder.contents(foreign)))};
}

btf::TypeTable joined(std::vector<btf::Module> modules) {
  return btf::parse(btf::join(btf::read_sections(kernel().bytes()), modules));
}

std::string error_of(const BtfBuilder& module) {
  return message_of([&] { joined({module_of(module, "m.ko")}); });
}

}  // namespace

TEST_CASE("the types of a module follow those of its kernel", "[btf.join]") {
  BtfBuilder m = BtfBuilder::continuing(kernel());
  const auto pointer = m.pointer(2);
  const auto table = m.structure("table", 16, {{"lists", pointer, 0}, {"count", 1, 64}});
  for (const bool foreign : {false, true}) {
    const btf::TypeTable types = joined({module_of(m, "m.ko", foreign)});
    CHECK(types.id_count() == 5);
    CHECK(table == 4);
    CHECK(types[2].name() == "list");
    CHECK(types[table].name() == "table");
    CHECK(types[table].member(0).type == pointer);
    CHECK(types[pointer].target() == 2);
    CHECK(types.find("table") == std::vector<btf::TypeId>{table});
  }
}

TEST_CASE("each kind of reference of a second module moves up", "[btf.join]") {
  BtfBuilder first = BtfBuilder::continuing(kernel());
  first.structure("first", 4, {{"a", 1, 0}});
  BtfBuilder m = BtfBuilder::continuing(kernel());
  const auto own = m.structure("own", 4, {{"a", 1, 0}});  // [3], as the first module's
  m.pointer(own);
  m.alias("own_t", own);
  m.qualified(Kind::const_, own);
  m.add(Kind::array, "", 0, {own, 1, 2});
  const auto prototype = m.prototype(own, {own, 1});
  m.add(Kind::function, "work", prototype);
  const auto variable = m.add(Kind::variable, "global", own, {1});
  m.add(Kind::data_section, ".data", 4, {variable, 0, 4}, 1);
  m.add(Kind::declaration_tag, "tag", own, {0});
  m.add(Kind::type_tag, "user", own);
  m.enumeration("colour", {{"RED", 3}});
  m.wide_enumeration("wide", {{"HUGE", 3}}, false);
  m.union_of("both", 4, {{"b", own, 0}});
  m.forward("elsewhere");
  m.add(Kind::floating, "float", 4);

  const btf::TypeTable types = joined({module_of(first, "a.ko"), module_of(m, "b.ko")});
  const btf::TypeId moved = own + 1;
  CHECK(types[own].name() == "first");
  CHECK(types[moved].name() == "own");
  CHECK(types[moved].member(0).type == 1);
  CHECK(types[moved + 1].target() == moved);
  CHECK(types[types.find("own_t").at(0)].target() == moved);
  CHECK(types[moved + 3].target() == moved);
  CHECK(types[moved + 4].array().element == moved);
  CHECK(types[moved + 4].array().index == 1);
  CHECK(types[moved + 4].array().count == 2);
  CHECK(types[prototype + 1].target() == moved);
  CHECK(types[prototype + 1].parameter(0) == moved);
  CHECK(types[prototype + 1].parameter(1) == 1);
  CHECK(types[types.find("work").at(0)].target() == prototype + 1);
  CHECK(types[variable + 1].target() == moved);
  CHECK(types[types.find(".data").at(0)].items()[0] == variable + 1);
  CHECK(types[types.find("tag").at(0)].target() == moved);
  CHECK(types[types.find("user").at(0)].target() == moved);
  CHECK(types[types.find("colour").at(0)].enumerator(0).name == "RED");
  CHECK(types[types.find("colour").at(0)].enumerator(0).value == 3);
  CHECK(types[types.find("wide").at(0)].enumerator(0).name == "HUGE");
  CHECK(types[types.find("both").at(0)].member(0).type == moved);
  CHECK(types.find("elsewhere").size() == 1);
  CHECK(types.find("float").size() == 1);
}

TEST_CASE("a module without names or types of its own is a module", "[btf.join]") {
  BtfBuilder m = BtfBuilder::continuing(kernel());
  CHECK(module_of(m, "m.ko").sections.is_split());
  CHECK(joined({module_of(m, "m.ko")}).id_count() == 3);
  m.pointer(2);
  CHECK(joined({module_of(m, "m.ko")})[3].target() == 2);
}

TEST_CASE("a module of another kernel is refused", "[btf.join]") {
  BtfBuilder types = BtfBuilder::continuing(kernel());
  types.pointer(99);
  CHECK(
      error_of(types) ==
      "m.ko: type [3]: refers to type 99, past the end at 4; the module is of another kernel than the base");
  BtfBuilder strings = BtfBuilder::continuing(kernel());
  strings.add(Kind::pointer, "", 1);
  strings.words[0] = 1000;
  CHECK_THAT(error_of(strings),
             Catch::Matchers::StartsWith("m.ko: type [3]: refers to the string at 1000, past the end at "));
  BtfBuilder cut = BtfBuilder::continuing(kernel());
  cut.words = {0};
  CHECK(error_of(cut) == "m.ko: type [3]: cut off by the end of the type table");
}
