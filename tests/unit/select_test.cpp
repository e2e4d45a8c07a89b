#include "select/selection.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
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
  return select::close_by_value(types, roots);
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
  CHECK(full.fields == std::vector<std::string>{"a", "b"});
  CHECK(full.text == "struct  foo : a, b");

  CHECK(select::parse_type_spec("typedef t").kind == btf::Kind::typedef_);
  CHECK(select::parse_type_spec("enum e").kind == btf::Kind::enum_);
  CHECK(select::parse_type_spec("structure").name == "structure");
}

TEST_CASE("a malformed specification is a usage error that quotes it", "[select]") {
  CHECK(usage_error_of("") ==
        "--type '': '' is not the name of a C type; expected NAME or NAME:FIELD,..., as in "
        "task_struct:pid,comm");
  CHECK(usage_error_of("bpf_*") ==
        "--type 'bpf_*': 'bpf_*' is not the name of a C type; expected NAME or NAME:FIELD,..., as in "
        "task_struct:pid,comm");
  CHECK(usage_error_of("task_struct:") == "--type 'task_struct:': '' is not the name of a field");
  CHECK(usage_error_of("task_struct:a,,b") == "--type 'task_struct:a,,b': '' is not the name of a field");
  CHECK(usage_error_of("task_struct:mm.pgd") ==
        "--type 'task_struct:mm.pgd': 'mm.pgd' is a path, expected the name of a field; name its first field "
        "here and "
        "the type of that field in a --type of its own");
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
        "--type 'twice': ambiguous in 'kernel.btf': struct [4] of 4 bytes, struct [5] of 8 bytes; name "
        "fields that only "
        "one of them has, as in 'struct twice:FIELD,...'");
  CHECK(look_up(types, "struct foo").front().type == 2);
  CHECK(look_up(types, "typedef foo").front().type == 3);
  CHECK(look_up(types, "twice:y").front().type == 5);
  CHECK_FALSE(error_of(types, "twice:x").empty());
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
