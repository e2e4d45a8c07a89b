#include "emit/user_types.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "select/exports.hpp"
#include "support/format.hpp"

using namespace bpfbuild;
using btf::Kind;
using test::BtfBuilder;
using test::message_of;

namespace {

std::string header_of(const BtfBuilder& builder, std::initializer_list<std::string_view> specs,
                      const std::vector<std::string>& shared_headers = {}) {
  const btf::TypeTable types = btf::parse(builder.bytes());
  std::vector<select::Export> exports;
  for (const std::string_view spec : specs) {
    for (const select::Export& each : select::look_up_exports(types, spec, "x.bpf.o"))
      exports.push_back(each);
  }
  return emit::user_types(types, exports, shared_headers, "x.bpf.o", "x.types.h");
}

/// What stands between the macros.
std::string body_of(const BtfBuilder& builder, std::initializer_list<std::string_view> specs,
                    const std::vector<std::string>& shared_headers = {}) {
  const std::string header = header_of(builder, specs, shared_headers);
  constexpr std::string_view start = "but not here\")\n\n";
  const auto from = header.rfind(start) + start.size();
  return header.substr(from, header.find("\n#undef") - from);
}

std::string error_of(const BtfBuilder& builder, std::string_view spec) {
  return message_of([&] { header_of(builder, {spec}); });
}

/// A global variable in a data section.
btf::TypeId variable(BtfBuilder& b, std::string_view section, std::string_view name, btf::TypeId type,
                     std::uint32_t size) {
  const auto id = b.add(Kind::variable, name, type, {1});
  return b.add(Kind::data_section, section, size, {id, 0, size}, 1);
}

}  // namespace

TEST_CASE("a type for user space has fixed widths, explicit padding and checks", "[user_types]") {
  BtfBuilder b;
  const auto number = b.integer("long", 8, 1);
  const auto letter = b.integer("char", 1, 1);
  const auto pointer = b.pointer(number);
  b.structure("event", 24, {{"letter", letter, 0}, {"pointer", pointer, 64}, {"class", letter, 128}});
  CHECK(body_of(b, {"event"}) == R"(#ifndef BPFBUILD_HAS_struct_event
#define BPFBUILD_HAS_struct_event
struct event {
	char letter;
	uint8_t _padding_1[7];
	uint64_t pointer;
	char class_;
	uint8_t _padding_2[7];
} __attribute__((aligned(8)));
#endif
BPFBUILD_SIZE(struct event, 24);
BPFBUILD_MEMBER(struct event, letter, 0, 1);
BPFBUILD_MEMBER(struct event, pointer, 8, 8);
BPFBUILD_MEMBER(struct event, class_, 16, 1);
BPFBUILD_ALIGNMENT(struct event, 8);
)");
}

TEST_CASE("padding among bitfields is of bits", "[user_types]") {
  BtfBuilder b;
  const auto number = b.integer("unsigned int", 4);
  b.structure("bits", 8, {{"a", number, 0, 3}, {"b", number, 20, 4}, {"c", number, 32, 32}});
  CHECK_THAT(body_of(b, {"bits"}),
             test::contains("\tuint32_t a : 3;\n\tuint8_t : 5;\n\tuint8_t _padding_1[1];\n"
                            "\tuint8_t : 4;\n\tuint32_t b : 4;\n\tuint8_t _padding_2[1];\n"));
}

TEST_CASE("a flexible array has an offset but no size", "[user_types]") {
  BtfBuilder b;
  const auto letter = b.integer("char", 1, 1);
  b.structure("line", 4, {{"length", b.integer("unsigned int", 4), 0}, {"text", b.array(letter, 0), 32}});
  const std::string text = body_of(b, {"line"});
  CHECK_THAT(text, test::contains("\tchar text[0];\n"));
  CHECK_THAT(text, test::contains("BPFBUILD_FLEXIBLE(struct line, text, 4);\n"));
}

TEST_CASE("types of a shared header are only checked", "[user_types]") {
  BtfBuilder b;
  const auto state = b.enumeration("state", {{"IDLE", 0}, {"BUSY", -7}}, 4, true);
  b.structure("sample", 4, {{"state", state, 0}});
  CHECK_THAT(header_of(b, {"sample"}, {"sample.h"}), test::contains("#include \"sample.h\"\n"));
  CHECK(body_of(b, {"sample"}, {"sample.h"}) == R"(BPFBUILD_SIZE(enum state, 4);
BPFBUILD_ENUMERATOR(uint32_t, IDLE, 0);
BPFBUILD_ENUMERATOR(uint32_t, BUSY, -7);

BPFBUILD_SIZE(struct sample, 4);
BPFBUILD_MEMBER(struct sample, state, 0, 4);
)");
}

TEST_CASE("maps and variables give their types names", "[user_types]") {
  BtfBuilder b;
  const auto number = b.integer("unsigned int", 4);
  const auto pair = b.structure("", 8, {{"a", number, 0}, {"b", number, 32}});
  const auto map = b.structure("", 16, {{"key", b.pointer(number), 0}, {"value", b.pointer(pair), 64}});
  variable(b, ".maps", "counts", map, 16);
  variable(b, ".bss", "level", b.pointer(number), 8);
  const std::string text = body_of(b, {"map:c*", "variable:level"});
  CHECK_THAT(text, test::contains("typedef uint32_t counts_key;\n"));
  CHECK_THAT(text, test::contains("typedef struct {\n\tuint32_t a;\n\tuint32_t b;\n} counts_value;\n"));
  CHECK_THAT(text, test::contains("BPFBUILD_MEMBER(counts_value, b, 4, 4);\n"));
  CHECK_THAT(text, test::contains("typedef uint64_t level_type;\n"));
}

TEST_CASE("what an object does not have is told with a way to keep it", "[user_types]") {
  BtfBuilder b;
  const auto number = b.integer("unsigned int", 4);
  variable(b, ".maps", "ring", b.structure("", 8, {{"type", b.pointer(number), 0}}), 8);
  b.structure("event", 4, {{"a", number, 0}});
  b.structure("twin", 4, {{"a", number, 0}});
  b.structure("holder", 4, {{"twin", b.structure("twin", 4, {{"b", number, 0}}), 0}});
  b.enumeration("big", {{"BIG", 0}}, 8);
  for (const auto* name : {"lost", "ident"}) {
    CHECK(error_of(b, name) ==
          format("--type '{0}': no such type in 'x.bpf.o'; the compiler keeps types that the code uses: keep "
                 "it by a global pointer, 'struct {0} *unused __attribute__((unused));', or as the key or "
                 "value of a map",
                 name));
  }
  CHECK(error_of(b, "evnt") ==
        "--type 'evnt': no such type in 'x.bpf.o'; did you mean 'event'? If not: the compiler keeps types "
        "that the code uses: keep it by a global pointer, 'struct evnt *unused __attribute__((unused));', or "
        "as the key or value of a map");
  CHECK(error_of(b, "map:rin") == "--type 'map:rin': no such map in 'x.bpf.o'; did you mean 'ring'?");
  CHECK(error_of(b, "variable:x") == "--type 'variable:x': no such variable in 'x.bpf.o'");
  CHECK(error_of(b, "map:ring") ==
        "--type 'map:ring': map 'ring' has no types of key and value; say them with __type(key, ...) and "
        "__type(value, ...), or name the types that it carries");
  CHECK(error_of(b, "event:a") == "--type 'event:a': types are shared whole; name just 'event'");
  CHECK(error_of(b, "big") ==
        "type [10] enum 'big': its values are too large for the BTF of this clang; clang 15 or newer is "
        "needed");
  CHECK(message_of([&] {
          header_of(b, {"holder", "tw*"});
        }) == "'struct twin' means two types: [8] and [7]; give one of them another name");
}
