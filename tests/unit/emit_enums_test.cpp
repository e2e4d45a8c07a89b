/// Enums of which some enumerators are wanted.
#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "emit/header.hpp"
#include "select/selection.hpp"

using namespace bpfbuild;
using select::Fields;
using select::Root;
using test::BtfBuilder;

namespace {

/// A type of which so many members or enumerators are wanted.
Root some(btf::TypeId type, std::initializer_list<std::uint32_t> indexes) {
  Root root{type, {}, false, true};
  for (const std::uint32_t index : indexes) root.fields.chosen.emplace(index, Fields::whole());
  return root;
}

/// Without comments and blank lines.
std::string body_of(const BtfBuilder& builder, const std::vector<Root>& roots) {
  const btf::TypeTable types = btf::parse(builder.bytes());
  const std::string text = emit::body(types, select::close(types, roots, select::Closure::value));
  std::string body;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    if (end > at + 1 && text.compare(at, 2, "//") != 0) body += text.substr(at, end - at);
    at = end;
  }
  return body;
}

}  // namespace

TEST_CASE("an enum in part has the size and the sign that it has as a whole", "[emit]") {
  BtfBuilder b;
  const auto plain = b.enumeration("plain", {{"A", 0}, {"B", 4294967295}});
  const auto negative = b.enumeration("negative", {{"C", 5}, {"D", -5}, {"E", -6}}, 4, true);
  const auto small = b.enumeration("small", {{"F", 1}, {"G", 255}}, 1);
  const auto wide = b.wide_enumeration("wide", {{"H", 1}, {"I", std::int64_t{1} << 40}}, false);
  CHECK(body_of(b, {some(plain, {1})}) == "enum plain {\n\tB = 4294967295,\n};\n");
  CHECK(body_of(b, {some(plain, {})}) == "enum plain {\n\tA = 0,\n};\n");
  CHECK(body_of(b, {some(negative, {0})}) == "enum negative {\n\tC = 5,\n\tD = -5,\n};\n");
  CHECK(body_of(b, {some(negative, {2})}) == "enum negative {\n\tE = -6,\n};\n");
  CHECK(body_of(b, {some(small, {0})}) == "enum small {\n\tF = 1,\n} __attribute__((mode(QI)));\n");
  CHECK(body_of(b, {some(wide, {0})}) ==
        "enum wide {\n\tH = 1ULL,\n\tI = 1099511627776ULL,\n} __attribute__((mode(DI)));\n");
}

TEST_CASE("what C23 has as keywords is defined for older C alone", "[emit]") {
  BtfBuilder b;
  const auto truth = b.enumeration("", {{"false", 0}, {"true", 1}});
  const auto answer = b.enumeration("answer", {{"no", 0}, {"yes", 1}});
  CHECK(body_of(b, {some(truth, {0, 1}), some(answer, {1})}) ==
        "#if !true\nenum {\n\tfalse = 0,\n\ttrue = 1,\n};\n#endif\nenum answer {\n\tyes = 1,\n};\n");
  CHECK(body_of(b, {some(truth, {1})}) == "#if !true\nenum {\n\ttrue = 1,\n};\n#endif\n");
}

TEST_CASE("an enum is whole for what holds it whole, in whatever order both are asked for", "[emit]") {
  BtfBuilder b;
  const auto e = b.enumeration("e", {{"A", 0}, {"B", 1}});
  const auto holder = b.structure("holder", 8, {{"n", b.signed_integer("int", 4), 0}, {"e", e, 32}});
  const std::string whole = "enum e {\n\tA = 0,\n\tB = 1,\n};\n";
  const Root all{holder, Fields::whole(), false, true};
  CHECK_THAT(body_of(b, {some(e, {1}), all}), test::contains(whole));
  CHECK_THAT(body_of(b, {all, some(e, {1})}), test::contains(whole));
  CHECK_THAT(body_of(b, {some(holder, {1}), some(e, {1})}), test::contains("enum e {\n\tB = 1,\n};\n"));
  // A field that somebody names brings all of it.
  Root named = some(holder, {1});
  named.is_exact = false;
  CHECK_THAT(body_of(b, {some(e, {1}), named}), test::contains(whole));
  CHECK_THAT(body_of(b, {named, some(e, {1})}), test::contains(whole));
}
