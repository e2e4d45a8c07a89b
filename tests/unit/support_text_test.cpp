#include "support/name_map.hpp"
#include "support/text.hpp"
#include "support/text_buffer.hpp"

#include "catch.hpp"

using namespace bpfbuild;

TEST_CASE("words are quoted for the shell only where they must be", "[support.text]") {
  CHECK(shell_quote("task_struct:pid,comm") == "task_struct:pid,comm");
  CHECK(shell_quote("/boot/vmlinux-6.1") == "/boot/vmlinux-6.1");
  CHECK(shell_quote("") == "''");
  CHECK(shell_quote("struct foo") == "'struct foo'");
  CHECK(shell_quote("$HOME") == "'$HOME'");
  CHECK(shell_quote("it's") == "'it'\\''s'");
  CHECK(shell_quote("a\nb'\\") == "$'a\\012b\\'\\\\'");
}

TEST_CASE("a pattern fits names as in a shell", "[support.text]") {
  CHECK(matches("bpf_*", "bpf_"));
  CHECK(matches("*_t", "pid_t_t"));
  CHECK(matches("a*b*c", "aXbXbYc"));
  CHECK(matches("?", "x"));
  CHECK_FALSE(matches("bpf_*", "xbpf_"));
  CHECK_FALSE(matches("a*b", "abc"));
  CHECK_FALSE(matches("a?", "a"));
  CHECK(matches("", ""));
  const std::string many(200, 'a');
  CHECK_FALSE(matches("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*ab", many));
  CHECK(is_pattern("a*"));
  CHECK_FALSE(is_pattern("a.b"));
}

TEST_CASE("alternatives read like a sentence", "[support.text]") {
  CHECK(quoted_alternatives({"a"}) == "'a'");
  CHECK(quoted_alternatives({"a", "b"}) == "'a' or 'b'");
  CHECK(quoted_alternatives({"a", "b", "c"}) == "'a', 'b' or 'c'");
}

TEST_CASE("edit distance counts insertions, deletions, replacements and swaps", "[support.text]") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "abc") == 0);
  CHECK(edit_distance("task_strukt", "task_struct") == 1);
  CHECK(edit_distance("tgdi", "tgid") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest names are suggested, far ones never", "[support.text]") {
  NearestNames nearest("task_strukt");
  for (const auto* name : {"mm_struct", "task_struct", "task_struct", "task_group"}) nearest.consider(name);
  CHECK(nearest.suggestion() == "did you mean 'task_struct'?");

  NearestNames none("xyz");
  none.consider("task_struct");
  none.consider("abc");
  CHECK(none.suggestion().empty());
  NearestNames other("event");
  other.consider("ident");
  CHECK(other.suggestion().empty());
  NearestNames prefixed("state");
  prefixed.consider("__state");
  CHECK(prefixed.suggestion() == "did you mean '__state'?");

  NearestNames several("pi");
  for (const auto* name : {"pid", "pin", "pip", "pix"}) several.consider(name);
  CHECK(several.suggestion() == "did you mean 'pid', 'pin' or 'pip'?");
}

TEST_CASE("a line is taken apart as by a shell", "[support.text]") {
  using Words = std::vector<std::string>;
  CHECK(shell_split("").empty());
  CHECK(shell_split("  -g\t-O2 ") == Words{"-g", "-O2"});
  CHECK(shell_split("'-DA=\"x y\"' \"-I/a b\" c\\ d") == Words{"-DA=\"x y\"", "-I/a b", "c d"});
  CHECK(shell_split(R"("a\"b\\c\d" e'f'"g")") == Words{R"(a"b\c\d)", "efg"});
  CHECK(shell_split("'' x") == Words{"", "x"});
}

TEST_CASE("a text buffer holds what a string would", "[support.text]") {
  TextBuffer text;
  std::string expected;
  CHECK(text.back() == '\n');
  for (int i = 0; i < 5000; ++i) {
    text += "word";
    text += ' ';
    append_number(text, i);
    expected += "word " + std::to_string(i);
  }
  text.insert(0, "first ");
  text.insert(text.size() - 4, "last ");
  expected.insert(0, "first ");
  expected.insert(expected.size() - 4, "last ");
  CHECK(text.view() == expected);
  CHECK(text.back() == '9');
  text.clear();
  CHECK(text.view().empty());
}

TEST_CASE("words are joined with a separator between them", "[support.text]") {
  using Words = std::vector<std::string>;
  CHECK(joined(Words{}, ", ").empty());
  CHECK(joined(Words{"a"}, ", ") == "a");
  CHECK(joined(Words{"a", "", "c"}, ", ") == "a, , c");
}

TEST_CASE("a map of names finds each of thousands, and none that is only like one", "[support.text]") {
  std::vector<std::string> names;
  for (int i = 0; i < 5000; ++i) names.push_back("name" + std::to_string(i));
  NameMap map;
  const bool has_room = GENERATE(false, true);
  if (has_room) map.reserve(names.size());
  CHECK(map.find("name0") == nullptr);
  for (std::uint32_t i = 0; i < names.size(); ++i) map[names[i]] = i;
  bool found_all = true;
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    const std::uint32_t* const number = map.find(std::string(names[i]));
    found_all = found_all && number != nullptr && *number == i;
  }
  CHECK(found_all);
  CHECK(map.find("name") == nullptr);
  CHECK(map.find("name5000") == nullptr);
}
