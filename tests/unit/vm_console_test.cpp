#include "vm/console.hpp"

#include "catch.hpp"

using namespace bpfbuild;
using vm::Console;
using vm::Ending;

namespace {

/// A console that collects what the command writes.
struct Guest {
  std::string output, errors;
  Console console{"mark:",
                  [this](bool is_error, std::string_view text) { (is_error ? errors : output) += text; }};
};

}  // namespace

TEST_CASE("what the command writes comes out of the console as it was", "[vm.console]") {
  Guest guest;
  for (const char* const piece :
       {"SeaBIOS\r\n\nma", "rk:b \nmark:o first\nmark:e warn", "ing\nmark:o \nmark:O part"})
    guest.console.take(piece);
  guest.console.take("\nmark:O  and rest\n[   1.2] kernel\nmark:x 3\n");
  CHECK(guest.output == "first\n\npart and rest");
  CHECK(guest.errors == "warning\n");
  CHECK(guest.console.has_started());
  REQUIRE(guest.console.ending());
  CHECK(guest.console.ending()->kind == Ending::Kind::exited);
  CHECK(guest.console.ending()->number == 3);
  CHECK(guest.console.end() == "\n  SeaBIOS\n  [   1.2] kernel");
}

TEST_CASE("only lines with the mark are init's", "[vm.console]") {
  Guest guest;
  guest.console.take("b \nother:x 0\n mark:x 0\nmark:\nmark:x zero\nmark:x 0");
  CHECK_FALSE(guest.console.has_started());
  CHECK_FALSE(guest.console.ending());
  CHECK(guest.output.empty());
}

TEST_CASE("signals and programs that cannot start are endings", "[vm.console]") {
  Guest killed, absent;
  killed.console.take("mark:k 9\n");
  absent.console.take("mark:n 13\n");
  CHECK(killed.console.ending()->kind == Ending::Kind::killed);
  CHECK(absent.console.ending()->kind == Ending::Kind::cannot_start);
  CHECK(absent.console.ending()->number == 13);
}

TEST_CASE("a panic is found, and the console's end kept", "[vm.console]") {
  Guest guest;
  CHECK(guest.console.is_silent());
  for (int i = 0; i < 100; ++i) guest.console.take("line " + std::to_string(i) + "\r\n");
  guest.console.take("[    1.0] Kernel panic - not syncing: Fatal \033exception\r\n");
  guest.console.take("---[ end Kernel panic - not syncing: Fatal exception ]---");
  CHECK(guest.console.panic() == "Kernel panic - not syncing: Fatal \\x1bexception");
  CHECK_THAT(guest.console.end(), Catch::Matchers::StartsWith("\n  line 76\n"));
  CHECK_THAT(guest.console.end(),
             Catch::Matchers::EndsWith("\n  ---[ end Kernel panic - not syncing: Fatal exception ]---"));
  CHECK_FALSE(guest.console.is_silent());
}

TEST_CASE("a line without an end takes no memory without end", "[vm.console]") {
  Guest guest;
  for (int i = 0; i < 100; ++i) guest.console.take(std::string(4096, 'x'));
  CHECK(guest.console.end().size() <= 64 * 1024 + 4);
}
