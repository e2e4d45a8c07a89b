#include "select/selection.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "select/kfuncs.hpp"
#include "select/lookup.hpp"
#include "select/spec.hpp"

using namespace bpfbuild;
using select::Fields;
using test::BtfBuilder;
using test::message_of;

namespace {

std::vector<select::Root> look_up(const btf::TypeTable& types, std::string_view spec) {
  return select::look_up(types, select::parse_type_spec(spec), "kernel.btf");
}

std::string error_of(const btf::TypeTable& types, std::string_view spec) {
  return message_of([&] { look_up(types, spec); });
}

std::string usage_error_of(std::string_view spec) {
  return message_of([&] { select::parse_type_spec(spec); });
}

select::Selection close(const btf::TypeTable& types, std::initializer_list<std::string_view> specs) {
  std::vector<select::Root> roots;
  for (const std::string_view spec : specs) {
    for (const select::Root& root : look_up(types, spec)) roots.push_back(root);
  }
  return select::close(types, roots, select::Closure::value);
}

}  // namespace

TEST_CASE("a specification has a kind, a name and fields", "[select]") {
  const auto plain = select::parse_type_spec("task_struct");
  CHECK_FALSE(plain.kind);
  CHECK(plain.name == "task_struct");
  CHECK(plain.fields.empty());

  const auto full = select::parse_type_spec(" struct  foo : a, b ");
  CHECK(full.kind == btf::Kind::struct_);
  CHECK(full.name == "foo");
  CHECK(full.fields == std::vector<select::FieldPath>{{"a"}, {"b"}});
  CHECK(full.text == "struct  foo : a, b");

  CHECK(select::parse_type_spec("typedef t").kind == btf::Kind::typedef_);
  CHECK(select::parse_type_spec("enum e").kind == btf::Kind::enum_);
  CHECK(select::parse_type_spec("structure").name == "structure");

  const auto paths = select::parse_type_spec("task_struct:mm.exe_file, snd_*");
  CHECK(paths.fields == std::vector<select::FieldPath>{{"mm", "exe_file"}, {"snd_*"}});
  CHECK(select::parse_type_spec("bpf_*").name == "bpf_*");
  CHECK(select::parse_type_spec("enum:A").names_enumerators());
  CHECK_FALSE(select::parse_type_spec("enum e").names_enumerators());
}

TEST_CASE("a malformed specification is a usage error that quotes it", "[select]") {
  CHECK(usage_error_of("") ==
        "--type '': '' is not the name of a C type; expected NAME or NAME:FIELD,..., as in "
        "task_struct:pid,comm");
  CHECK_THAT(usage_error_of("foo@"), test::contains("'' is neither the name of a field nor a size"));
  CHECK_THAT(usage_error_of("foo@b*:x"), test::contains("'b*' is neither the name of a field nor a size"));
  CHECK_THAT(usage_error_of("bpf-*"), test::contains("'bpf-*' is not the name of a C type"));
  CHECK(usage_error_of("task_struct:*.?.*.a*").empty());
  CHECK(usage_error_of("task_struct:b,*.?.a.*.a*.c?") ==
        "--type 'task_struct:b,*.?.a.*.a*.c?': '*.?.a.*.a*.c?' has more than 4 names with wildcards");
  CHECK(usage_error_of("task_struct:") == "--type 'task_struct:': '' is not the name of a field");
  CHECK(usage_error_of("task_struct:a,,b") == "--type 'task_struct:a,,b': '' is not the name of a field");
  CHECK(usage_error_of("task_struct:mm..pgd") ==
        "--type 'task_struct:mm..pgd': '' is not the name of a field");
  CHECK(usage_error_of("enum") == "--type 'enum': no enumerator; expected one, as in enum:BPF_MAP_TYPE_HASH");
  CHECK(usage_error_of("enum:A.b") == "--type 'enum:A.b': 'A.b' is not the name of an enumerator");
  try {
    select::parse_type_spec("1");
    FAIL("expected an error");
  } catch (const Error& error) {
    CHECK(error.exit_code() == 2);
  }
}

TEST_CASE("keywords and odd characters make no identifier", "[select]") {
  CHECK(select::is_c_identifier("class"));
  CHECK(select::is_c_identifier("_x9"));
  for (const auto* word : {"", "9x", "a-b", "a b", "int", "_Bool", "while", "_Alignas", "asm"}) {
    CHECK_FALSE(select::is_c_identifier(word));
  }
}

TEST_CASE("types are found by name and by kind", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto record = b.structure("foo", 4, {{"x", number, 0}});
  const auto other = b.enumeration("bar", {{"A", 1}});
  const auto alias = b.alias("foo_t", record);
  const btf::TypeTable types = btf::parse(b.bytes());

  CHECK(look_up(types, "foo").front().type == record);
  CHECK(look_up(types, "struct foo").front().type == record);
  CHECK(look_up(types, "enum bar").front().type == other);
  CHECK(look_up(types, "foo_t").front().type == alias);
}

TEST_CASE("an unknown type is an error that names the nearest", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  b.structure("task_struct", 4, {{"x", number, 0}});
  b.forward("hidden");
  b.enumeration("hidden_enum", {});
  const btf::TypeTable types = btf::parse(b.bytes());

  CHECK(error_of(types, "task_strukt") ==
        "--type 'task_strukt': no such type in 'kernel.btf'; did you mean 'task_struct'?");
  CHECK(
      error_of(types, "sk_buff") ==
      "--type 'sk_buff': no such type in 'kernel.btf'; BTF holds only types that the kernel's own code uses");
  CHECK(error_of(types, "union task_struct") ==
        "--type 'union task_struct': no such type in 'kernel.btf'; did you mean 'struct task_struct'?");
  CHECK(error_of(types, "hidden") == "--type 'hidden': only declared in 'kernel.btf', never defined");
  CHECK(error_of(types, "enum hidden_enum") ==
        "--type 'enum hidden_enum': only declared in 'kernel.btf', never defined");
  CHECK(error_of(types, "int") ==
        "--type 'int': no such type in 'kernel.btf'; BTF holds only types that the kernel's own code uses");
}

TEST_CASE("a typedef of the struct with its own name is no ambiguity", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto record = b.structure("foo", 4, {{"x", number, 0}});
  const auto alias = b.alias("foo", record);
  const btf::TypeTable types = btf::parse(b.bytes());

  const auto roots = look_up(types, "foo");
  REQUIRE(roots.size() == 2);
  CHECK(roots[0].type == record);
  CHECK(roots[1].type == alias);
}

TEST_CASE("a name of several types is an error that lists them", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  b.structure("foo", 4, {{"x", number, 0}});
  b.alias("foo", number);
  b.structure("twice", 4, {{"x", number, 0}});
  b.structure("twice", 8, {{"x", number, 0}, {"y", number, 32}});
  const btf::TypeTable types = btf::parse(b.bytes());

  CHECK(error_of(types, "foo") ==
        "--type 'foo': ambiguous in 'kernel.btf': struct [2] of 4 bytes, typedef [3] of 4 bytes; write "
        "'struct foo' or "
        "'typedef foo'");
  CHECK(error_of(types, "twice") ==
        "--type 'twice': ambiguous in 'kernel.btf': struct [4] of 4 bytes, struct [5] of 8 bytes; write "
        "'struct twice@4' or 'struct twice@y'");
  CHECK(look_up(types, "struct foo").front().type == 2);
  CHECK(look_up(types, "typedef foo").front().type == 3);
  CHECK(look_up(types, "twice:y").front().type == 5);
  CHECK(look_up(types, "struct twice@4").front().type == 4);
  CHECK(look_up(types, "twice @ y").front().type == 5);
  CHECK(error_of(types, "twice@x") == "--type 'twice@x'" + error_of(types, "twice").substr(14));
  CHECK(error_of(types, "twice@z") ==
        "--type 'twice@z': 'z' is no mark of struct [4] of 4 bytes, struct [5] of 8 bytes; write "
        "'struct twice@4' or 'struct twice@y'");
  CHECK_FALSE(error_of(types, "twice:x").empty());
}

TEST_CASE("types of one name are told apart by fields of unnamed members and by enumerators", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  b.structure("foo", 8, {{"", b.union_of("", 4, {{"deep", number, 0}}), 0}, {"x", number, 32}});
  b.structure("foo", 8, {{"x", number, 0}, {"y", number, 32}});
  b.enumeration("bar", {{"A", 1}});
  b.enumeration("bar", {{"B", 1}, {"A___2", 1}});
  b.structure("alike", 8, {{"p", b.pointer(1), 0}});
  b.structure("alike", 8, {{"p", b.pointer(2), 0}});
  const btf::TypeTable types = btf::parse(b.bytes());

  CHECK_THAT(error_of(types, "foo"), test::contains("write 'struct foo@deep' or 'struct foo@y'"));
  CHECK(look_up(types, "foo@deep").front().type == 3);
  CHECK(look_up(types, "foo@deep:x").front().fields.chosen.count(1) == 1);
  CHECK_THAT(error_of(types, "bar"), test::contains("write 'enum bar@A' or 'enum bar@B'"));
  CHECK(look_up(types, "enum bar@B").front().type == 6);
  CHECK_THAT(error_of(types, "alike"), test::contains("no field and no size tells them apart, and 'alike*'"));
}

TEST_CASE("an unknown field is an error that names the nearest", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto inner = b.union_of("", 4, {{"real_parent", number, 0}});
  b.structure("foo", 8, {{"tgid", number, 0}, {"", inner, 32}});
  b.enumeration("bar", {{"A", 1}});
  b.alias("number", number);
  const btf::TypeTable types = btf::parse(b.bytes());

  CHECK(error_of(types, "foo:tgdi") ==
        "--type 'foo:tgdi': struct 'foo' has no field 'tgdi'; did you mean 'tgid'?");
  CHECK(error_of(types, "foo:real_parnet") ==
        "--type 'foo:real_parnet': struct 'foo' has no field 'real_parnet'; did you mean 'real_parent'?");
  CHECK(error_of(types, "foo:zzz") == "--type 'foo:zzz': struct 'foo' has no field 'zzz'");
  CHECK(error_of(types, "enum bar:A") == "--type 'enum bar:A': type [4] enum 'bar' has no fields");
  CHECK(error_of(types, "number:x") == "--type 'number:x': type [5] typedef 'number' has no fields");
}

TEST_CASE("a whole type brings what it embeds, and declares what it points to", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto pointee = b.structure("pointee", 4, {{"x", number, 0}});
  const auto embedded = b.structure("embedded", 8, {{"p", b.pointer(pointee), 0}});
  const auto element = b.structure("element", 4, {{"x", number, 0}});
  const auto row = b.pointer(b.array(element, 2));
  const auto outer = b.structure("outer", 16, {{"e", b.alias("embedded_t", embedded), 0}, {"row", row, 64}});
  const btf::TypeTable types = btf::parse(b.bytes());

  const select::Selection selection = close(types, {"outer"});
  CHECK(selection.roots == std::vector<btf::TypeId>{outer});
  CHECK(selection.defines(outer));
  CHECK(selection.defines(embedded));
  CHECK(selection.defines(element));
  CHECK_FALSE(selection.defines(pointee));
}

TEST_CASE("several requests for a type are one, and whole wins", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto record = b.structure("foo", 12, {{"a", number, 0}, {"b", number, 32}, {"c", number, 64}});
  b.structure("holder", 12, {{"foo", record, 0}});
  const auto pair = b.alias("pair_t", b.structure("", 8, {{"first", number, 0}, {"second", number, 32}}));
  const btf::TypeTable types = btf::parse(b.bytes());

  const Fields some = close(types, {"foo:a", "foo:c"}).fields_of(record);
  CHECK_FALSE(some.all);
  CHECK(some.includes(0));
  CHECK_FALSE(some.includes(1));
  CHECK(some.includes(2));
  CHECK(close(types, {"foo:a", "foo"}).fields_of(record).all);
  CHECK(close(types, {"foo", "foo:a"}).fields_of(record).all);
  CHECK(close(types, {"foo:a", "holder"}).fields_of(record).all);
  CHECK(close(types, {"foo", "foo:a"}).roots == std::vector<btf::TypeId>{record});
  CHECK_FALSE(close(types, {"pair_t:first"}).fields_of(pair).all);
  CHECK(close(types, {"pair_t:first", "pair_t"}).fields_of(pair).all);
  CHECK(close(types, {"pair_t", "pair_t:first"}).fields_of(pair).all);
}

TEST_CASE("a field is found in unnamed members, of which only it is taken", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto inner = b.structure("", 8, {{"a", number, 0}, {"b", number, 32}});
  const auto middle = b.union_of("", 8, {{"", inner, 0}, {"whole", number, 0}});
  const auto outer = b.structure("outer", 12, {{"first", number, 0}, {"", middle, 32}});
  const btf::TypeTable types = btf::parse(b.bytes());

  const Fields fields = close(types, {"outer:b"}).fields_of(outer);
  CHECK_FALSE(fields.includes(0));
  REQUIRE(fields.includes(1));
  CHECK_FALSE(fields.of(1).includes(1));
  REQUIRE(fields.of(1).includes(0));
  CHECK_FALSE(fields.of(1).of(0).includes(0));
  CHECK(fields.of(1).of(0).includes(1));
}

TEST_CASE("a path takes one field of each type on its way", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto leaf = b.structure("leaf", 8, {{"x", number, 0}, {"y", number, 32}});
  const auto held = b.structure("held", 16, {{"leaf", b.alias("leaf_t", leaf), 0}, {"other", leaf, 64}});
  const auto array = b.array(held, 2);
  const auto target = b.structure("target", 36, {{"a", number, 0}, {"held", array, 32}});
  const auto root = b.structure("root", 16, {{"p", b.pointer(b.qualified(btf::Kind::const_, target)), 0}});
  const btf::TypeTable types = btf::parse(b.bytes());

  const select::Selection selection = close(types, {"root:p.held.leaf.y"});
  CHECK(selection.fields_of(root).chosen.size() == 1);
  CHECK_FALSE(selection.fields_of(target).includes(0));
  CHECK(selection.fields_of(target).includes(1));
  CHECK_FALSE(selection.fields_of(held).includes(1));
  CHECK_FALSE(selection.fields_of(leaf).includes(0));
  CHECK(selection.fields_of(leaf).includes(1));
  CHECK(close(types, {"root:p.held.leaf.y", "root:p.held.leaf.x"}).fields_of(leaf).chosen.size() == 2);
  CHECK(close(types, {"root:p.held.leaf.y", "held"}).fields_of(leaf).all);
  CHECK(close(types, {"leaf", "root:p.held.leaf.y"}).fields_of(leaf).all);
  CHECK_FALSE(close(types, {"root:p"}).defines(target));

  CHECK(error_of(types, "root:p.held.lef.y") ==
        "--type 'root:p.held.lef.y': struct 'held' has no field 'lef'; did you mean 'leaf'?");
  CHECK(error_of(types, "root:p.a.x") ==
        "--type 'root:p.a.x': 'a' is of type [1] int 'int', which has no fields");
}

TEST_CASE("a path goes through typedefs of unnamed records", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto unnamed = b.structure("", 8, {{"x", number, 0}, {"y", number, 32}});
  const auto alias = b.alias("pair_t", unnamed);
  const auto root =
      b.structure("root", 24, {{"p", b.pointer(alias), 0}, {"held", alias, 64}, {"in", unnamed, 128}});
  const btf::TypeTable types = btf::parse(b.bytes());

  for (const auto* spec : {"root:p.y", "root:held.y"}) {
    const Fields fields = close(types, {spec}).fields_of(alias);
    CHECK_FALSE(fields.includes(0));
    CHECK(fields.includes(1));
  }
  const select::Selection in_place = close(types, {"root:in.y"});
  CHECK_FALSE(in_place.defines(alias));
  CHECK_FALSE(in_place.fields_of(root).of(2).includes(0));
}

TEST_CASE("a pattern takes all that fit, and only those with the fields", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto first = b.structure("tcp_one", 8, {{"snd_a", number, 0}, {"rcv", number, 32}});
  const auto second = b.structure("tcp_two", 8, {{"snd_a", number, 0}, {"snd_b", number, 32}});
  b.structure("other", 4, {{"rcv", number, 0}});
  const btf::TypeTable types = btf::parse(b.bytes());

  CHECK(close(types, {"tcp_*"}).roots == std::vector<btf::TypeId>{first, second});
  CHECK(close(types, {"*:rcv"}).roots.size() == 2);
  CHECK_FALSE(close(types, {"*:rcv"}).defines(second));
  const Fields fields = close(types, {"tcp_*:snd_?"}).fields_of(second);
  CHECK(fields.chosen.size() == 2);
  CHECK(error_of(types, "udp_*") == "--type 'udp_*': no type of 'kernel.btf' fits");
  CHECK(error_of(types, "tcp_one:x*") == "--type 'tcp_one:x*': struct 'tcp_one' has no field 'x*'");
}

TEST_CASE("an enumerator brings its enum, or what spells that", "[select]") {
  BtfBuilder b;
  const auto named = b.enumeration("named", {{"A", 0}, {"B", 1}});
  const auto alone = b.enumeration("", {{"ALONE", 0}});
  const auto alias = b.alias("alias_t", b.enumeration("", {{"IN_TYPEDEF", 0}}));
  const auto holder = b.structure("holder", 4, {{"e", b.enumeration("", {{"IN_RECORD", 0}}), 0}});
  b.enumeration("first", {{"TWICE", 0}});
  b.enumeration("second", {{"TWICE", 0}});
  const btf::TypeTable types = btf::parse(b.bytes());

  CHECK(look_up(types, "enum:B").front().type == named);
  CHECK(look_up(types, "enum:ALONE").front().type == alone);
  CHECK(look_up(types, "enum:IN_TYPEDEF").front().type == alias);
  CHECK(look_up(types, "enum:IN_RECORD").front().type == holder);
  CHECK(close(types, {"enum:A,IN_*"}).roots == std::vector<btf::TypeId>{named, alias, holder});
  CHECK(error_of(types, "enum:ALOEN") ==
        "--type 'enum:ALOEN': no enum in 'kernel.btf' has 'ALOEN'; did you mean 'ALONE'?");
  CHECK(error_of(types, "enum:TWICE") ==
        "--type 'enum:TWICE': 'TWICE' is ambiguous in 'kernel.btf': type [7] enum 'first', type [8] enum "
        "'second'; name the enum instead, as in 'enum NAME'");
}

TEST_CASE("a whole type is followed as far as its closure goes", "[select]") {
  using select::Closure;
  using select::Extent;
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto far = b.structure("far", 4, {{"x", number, 0}});
  const auto pointee = b.structure("pointee", 8, {{"far", b.pointer(far), 0}});
  const auto inner = b.structure("inner", 8, {{"p", b.pointer(pointee), 0}});
  const auto outer = b.structure("outer", 8, {{"inner", inner, 0}});
  const btf::TypeTable types = btf::parse(b.bytes());
  const auto closed = [&](std::initializer_list<std::string_view> specs, Closure closure) {
    std::vector<select::Root> roots;
    for (const auto spec : specs) roots.push_back(look_up(types, spec).front());
    return select::close(types, roots, closure);
  };

  CHECK(closed({"outer"}, Closure::fields).extent_of(inner) == Extent::opaque);
  CHECK(closed({"outer", "inner"}, Closure::fields).extent_of(inner) == Extent::whole);
  CHECK(closed({"inner", "outer"}, Closure::fields).extent_of(inner) == Extent::whole);
  CHECK(closed({"outer", "inner:p"}, Closure::fields).extent_of(inner) == Extent::whole);
  CHECK(closed({"inner:p", "outer"}, Closure::fields).extent_of(inner) == Extent::whole);
  CHECK(closed({"outer"}, Closure::value).extent_of(inner) == Extent::whole);
  CHECK(closed({"outer"}, Closure::value).extent_of(pointee) == Extent::none);
  CHECK(closed({"outer"}, Closure::pointer).extent_of(far) == Extent::whole);
  CHECK(closed({"outer"}, Closure::pointer).roots == std::vector<btf::TypeId>{outer, pointee, far});
  CHECK(closed({"outer:inner"}, Closure::value).extent_of(outer) == Extent::part);
}

TEST_CASE("every type is every definition, and the enums that stand by themselves", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto record = b.structure("foo", 4, {{"x", number, 0}});
  const auto alone = b.enumeration("", {{"ALONE", 0}});
  const auto alias = b.alias("alias_t", b.enumeration("", {{"SPELLED", 0}}));
  b.enumeration("declared", {});
  b.structure("", 4, {{"x", number, 0}});
  const btf::TypeTable types = btf::parse(b.bytes());

  std::vector<btf::TypeId> ids;
  for (const auto& root : select::every_type(types)) ids.push_back(root.type);
  CHECK(ids == std::vector<btf::TypeId>{record, alone, alias});
}

TEST_CASE("everything is what the closure of every type and kfunc is", "[select]") {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto inner = b.structure("inner", 4, {{"x", number, 0}});
  const auto outer =
      b.structure("outer", 8, {{"", b.structure("", 4, {{"y", inner, 0}}), 0}, {"z", inner, 32}});
  b.alias("outer_t", outer);
  b.alias("nameless_t", b.structure("", 4, {{"x", number, 0}}));
  b.kfunc("bpf_call", b.prototype(b.pointer(inner), {b.pointer(outer)}));
  const btf::TypeTable types = btf::parse(b.bytes());

  std::vector<select::Root> roots = select::every_type(types);
  for (const select::Root& kfunc : select::every_kfunc(types)) roots.push_back(kfunc);
  const select::Selection everything = select::everything(types);
  for (const auto closure : {select::Closure::fields, select::Closure::value, select::Closure::pointer}) {
    const select::Selection closed = select::close(types, roots, closure);
    CHECK(everything.roots == closed.roots);
    for (btf::TypeId id = 0; id < types.id_count(); ++id)
      CHECK(everything.extent_of(id) == closed.extent_of(id));
  }
}
