#include "select/record.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "support/format.hpp"

using namespace bpfbuild;
using btf::TypeId;
using test::BtfBuilder;

namespace {

/// A format file's only field, at 8.
select::RecordField field_of(select::RecordTypes& types, std::string_view declaration, std::uint32_t size,
                             bool is_signed) {
  const std::string text =
      format("name: e\nID: 1\nformat:\n\tfield:{};\toffset:8;\tsize:{};\tsigned:{};\n\nprint fmt: \"\"\n",
             declaration, size, is_signed ? 1 : 0);
  return types.record_of("c", tracefs::parse(text, "format")).fields.front();
}

/// What C says in front of the name, with [type id] for types of BTF, and behind it.
std::string spelled(const select::RecordField& field) {
  return format("{}{}{} {}{}", field.before, field.type != 0 ? format("[{}]", field.type) : field.base,
                field.after, field.name, field.count ? format("[{}]", *field.count) : "");
}

}  // namespace

TEST_CASE("fields have C's types where these have the size and the sign", "[select]") {
  const btf::TypeTable types = btf::parse(BtfBuilder().bytes());
  const auto check = [&](std::string_view declaration, std::uint32_t size, bool is_signed,
                         std::string_view expected, std::string_view kernel_type = "") {
    INFO(declaration);
    select::RecordTypes record_types(types);
    const select::RecordField field = field_of(record_types, declaration, size, is_signed);
    CHECK(spelled(field) == expected);
    CHECK(field.kernel_type == kernel_type);
    CHECK(record_types.roots().empty());
  };
  check("unsigned short a", 2, false, "unsigned short a");
  check("long unsigned int a", 8, false, "unsigned long a");
  check("unsigned a", 4, false, "unsigned int a");
  check("const int a", 4, true, "int a");
  check("bool a", 1, false, "_Bool a");
  check("char a", 1, true, "char a");
  check("char a", 1, false, "__u8 a", "char");
  check("int a", 8, false, "__u64 a", "int");
  check("long a", 4, true, "__s32 a", "long");
  check("char a[16]", 16, false, "char a[16]");
  check("char a[2 * 8]", 16, false, "char a[16]");
  check("unsigned long a[]", 0, false, "unsigned long a[0]");
  check("int a[3]", 24, false, "__u64 a[3]", "int[3]");
  check("int a[3]", 7, false, "__u8 a[7]", "int[3]");
  check("int register", 4, true, "int register_");

  check("const char * a", 8, false, "const char * a");
  check("const char *const * a", 8, false, "const char *const * a");
  check("const void *const a", 8, false, "const void * a");
  check("void __user * a", 8, false, "void * a");
  check("struct sock * a", 8, false, "struct sock * a");
  check("const union u * a", 8, false, "const union u * a");
  check("foo_t * a", 8, false, "void * a", "foo_t *");
  check("enum e * a", 8, false, "void * a", "enum e *");
  check("void * a", 4, false, "__u32 a", "void *");
  check("int (*)(void) a", 8, false, "__u64 a", "int (*)(void)");

  check("pid_t a", 4, true, "__s32 a", "pid_t");
  check("__u16 a", 2, false, "__u16 a");
  check("__u8 a[(1 << 2)]", 4, false, "__u8 a[4]");
  check("foo_t a[(1 << 2)]", 4, false, "__u8 a[4]", "foo_t[]");
  check("struct foo a", 12, false, "__u8 a[12]", "struct foo");
  check("enum foo a", 4, false, "__u32 a", "enum foo");
  check("__data_loc char[] a", 4, false, "__u32 __data_loc_a", "char[]");
  check("__rel_loc u8[] a", 4, false, "__u32 __rel_loc_a", "u8[]");
}

TEST_CASE("fields have BTF's types where these are single and have the size", "[select]") {
  BtfBuilder b;
  const TypeId number = b.signed_integer("int", 4);
  const TypeId wide = b.signed_integer("long", 8);
  const TypeId alias = b.alias("foo_t", number);
  const TypeId record = b.structure("foo", 4, {{"a", number, 0}});
  const TypeId enumeration = b.enumeration("foo", {{"A", 0}});
  const TypeId twice = b.alias("twice", number);
  b.alias("twice", number);
  b.alias("several", number);
  b.alias("several", record);
  const TypeId by_size = b.alias("by_size", number);
  b.alias("by_size", wide);
  const btf::TypeTable types = btf::parse(b.bytes());

  const auto check = [&](std::string_view declaration, std::uint32_t size, std::string_view expected,
                         TypeId root, bool whole) {
    INFO(declaration);
    select::RecordTypes record_types(types);
    CHECK(spelled(field_of(record_types, declaration, size, true)) == expected);
    REQUIRE(record_types.roots().size() == (root == 0 ? 0 : 1));
    if (root == 0) return;
    CHECK(record_types.roots().front().type == root);
    CHECK(record_types.roots().front().fields.all == whole);
  };
  check("foo_t a", 4, format("[{}] a", alias), alias, true);
  check("foo_t a", 8, "__s64 a", 0, true);
  check("foo_t a[2]", 8, format("[{}] a[2]", alias), alias, true);
  check("struct foo a", 4, format("[{}] a", record), record, true);
  check("enum foo a", 4, format("[{}] a", enumeration), enumeration, true);
  check("foo_t * a", 8, format("[{}] * a", alias), alias, false);
  check("twice a", 4, format("[{}] a", twice), twice, true);
  check("several a", 4, "__s32 a", 0, true);
  check("by_size a", 4, format("[{}] a", by_size), by_size, true);
  check("by_size * a", 8, "void * a", 0, false);
}

TEST_CASE("pointers of 4 bytes are integers", "[select]") {
  BtfBuilder b;
  const TypeId number = b.integer("long unsigned int", 4);
  b.structure("foo", 4, {{"a", number, 0}});
  const btf::TypeTable types = btf::parse(b.bytes());
  REQUIRE(types.pointer_size() == 4);
  select::RecordTypes record_types(types);
  CHECK(spelled(field_of(record_types, "void * a", 4, false)) == "__u32 a");
  CHECK(spelled(field_of(record_types, "struct foo a", 4, false)) == "__u32 a");
}
