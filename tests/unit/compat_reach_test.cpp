/// Where the verifier comes to, told from the code.
#include "compat/reach.hpp"

#include <string>

#include "catch.hpp"

using namespace bpfbuild;
using compat::Code;
using compat::Function;
using compat::Position;
using compat::Reach;
using compat::Value;

namespace {

constexpr std::uint8_t mov = 0xb7, mov_x = 0xbf, exit_code = 0x95, jump = 0x05, call = 0x85;

/// An object with a program, and behind it functions in .text.
class Program {
 public:
  object::Object object;

  Program() {
    object.sections = {{"", false}, {"xdp", true}, {".text", true}, {".rodata", false}, {".data", false}};
    object.symbols.push_back({});
  }

  /// One instruction more, in section 1 or 2. Returns its number.
  std::size_t add(std::uint8_t code, std::uint8_t destination = 0, std::uint8_t source = 0,
                  std::int16_t offset = 0, std::int32_t immediate = 0, std::size_t section = 1) {
    std::vector<std::byte>& bytes = object.sections[section].bytes;
    const std::size_t number = bytes.size() / 8;
    bytes.push_back(std::byte{code});
    bytes.push_back(static_cast<std::byte>(source << 4 | destination));
    for (int i = 0; i < 2; ++i) bytes.push_back(static_cast<std::byte>(offset >> (8 * i)));
    for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<std::byte>(immediate >> (8 * i)));
    return number;
  }

  void refer(std::size_t instruction, std::size_t symbol) {
    object.references.push_back({symbol, 1, instruction * 8});
  }

  std::size_t symbol(object::Symbol symbol) {
    object.symbols.push_back(std::move(symbol));
    return object.symbols.size() - 1;
  }

  /// The instructions of the program that are reached, as a row of characters: 'x' for each that is.
  std::string reached(Reach::Surroundings surroundings = {[](const auto&) { return Value::unknown(); },
                                                          Value::unknown(), true},
                      std::size_t section = 1) {
    object.symbols.push_back({"program", 1, 0, true, true, false, false, object.sections[1].bytes.size()});
    const Code code(object);
    const std::set<Position> none;
    Reach reach(code, none, std::move(surroundings));
    for (const Function& function : code.functions()) {
      if (function.is_program) reach.enter(function);
    }
    std::string row;
    for (std::size_t i = 0; i < object.sections[section].bytes.size() / 8; ++i) {
      row += reach.comes_to({section, i}) ? 'x' : '-';
    }
    return row;
  }
};

}  // namespace

TEST_CASE("a jump over a constant goes one way", "[compat.reach]") {
  struct Case {
    std::uint8_t code;
    std::int32_t left, right;
    bool jumps;
  };
  // if r1 OP immediate
  const Case cases[] = {{0x15, 0, 0, true},   {0x15, 1, 0, false}, {0x55, 1, 0, true},   {0x25, 5, 4, true},
                        {0x25, 5, 5, false},  {0x35, 5, 5, true},  {0xa5, -1, 5, false}, {0xc5, -1, 5, true},
                        {0x65, -1, 5, false}, {0x75, 5, 5, true},  {0xd5, 6, 5, false},  {0x45, 6, 2, true},
                        {0x45, 6, 1, false},  {0xb5, 5, 5, true},  {0x16, -1, -1, true}, {0xc6, -1, 0, true}};
  for (const Case& each : cases) {
    Program p;
    p.add(mov, 1, 0, 0, each.left);
    p.add(each.code, 1, 0, 1, each.right);
    p.add(mov, 0);
    p.add(exit_code);
    INFO(int{each.code} << ": " << each.left << ", " << each.right);
    CHECK(p.reached() == (each.jumps ? "xx-x" : "xxxx"));
  }
}

TEST_CASE("what is unknown goes both ways, and each of them knows why", "[compat.reach]") {
  Program p;
  p.add(0x25, 1, 0, 3, 10);  // if r1 > 10 goto the third from here
  p.add(0x15, 1, 0, 1, 11);  // so it is not 11
  p.add(exit_code);
  p.add(mov, 0);
  p.add(0x15, 1, 0, 1, 9);  // nor 9 here, where it is above
  p.add(exit_code);
  p.add(exit_code);
  CHECK(p.reached() == "xxx-xx-");
}

TEST_CASE("arithmetic on constants is known", "[compat.reach]") {
  struct Case {
    std::uint8_t code;
    std::int32_t left, right;
    std::int32_t result;
  };
  // r1 OP= immediate
  const Case cases[] = {{0x07, 3, 4, 7}, {0x17, 3, 4, -1}, {0x27, 3, 4, 12},  {0x37, 12, 4, 3},
                        {0x47, 1, 2, 3}, {0x57, 3, 2, 2},  {0x67, 1, 4, 16},  {0x77, 16, 4, 1},
                        {0x97, 7, 4, 3}, {0xa7, 3, 1, 2},  {0xc7, -8, 1, -4}, {0x37, 5, 0, 0},
                        {0x97, 5, 0, 5}, {0x87, 3, 0, -3}};
  for (const Case& each : cases) {
    Program p;
    p.add(mov, 1, 0, 0, each.left);
    p.add(each.code, 1, 0, 0, each.right);
    p.add(0x15, 1, 0, 1, each.result);
    p.add(mov, 0);
    p.add(exit_code);
    INFO(int{each.code} << ": " << each.left << ", " << each.right);
    CHECK(p.reached() == "xxx-x");
  }
}

TEST_CASE("a constant survives the stack and calls, but not writes to its place", "[compat.reach]") {
  for (const bool is_written : {false, true}) {
    Program p;
    p.add(mov, 6, 0, 0, 1);
    p.add(0x7b, 10, 6, -16);  // *(u64*)(r10 - 16) = r6
    p.add(mov_x, 1, 10);      // r1 = r10 - 8 or - 16, of 8 bytes
    p.add(0x07, 1, 0, 0, is_written ? -16 : -8);
    p.add(mov, 2, 0, 0, 8);
    p.add(call, 0, 0, 0, 4);
    p.add(0x79, 3, 10, -16);  // r3 = what is there
    p.add(0x15, 3, 0, 1, 1);
    p.add(mov, 0);
    p.add(exit_code);
    CHECK(p.reached() == (is_written ? "xxxxxxxxxx" : "xxxxxxxx-x"));
  }
}

TEST_CASE("constants of the object are known, variables are not", "[compat.reach]") {
  for (const std::size_t section : {3, 4}) {
    Program p;
    p.object.sections[section].bytes = {std::byte{0}, std::byte{0}, std::byte{0}, std::byte{0},
                                        std::byte{7}, std::byte{0}, std::byte{0}, std::byte{0}};
    p.refer(p.add(0x18, 1), p.symbol({"constant", section, 4, false, true}));
    p.add(0);
    p.add(0x61, 2, 1);  // r2 = *(u32*)r1
    p.add(0x15, 2, 0, 1, 7);
    p.add(mov, 0);
    p.add(exit_code);
    CHECK(p.reached() == (section == 3 ? "x-xx-x" : "x-xxxx"));
  }
}

TEST_CASE("the kernel's version is known as far as its release tells", "[compat.reach]") {
  const auto reached = [](std::int32_t bound) {
    Program p;
    p.refer(p.add(0x18, 1), p.symbol({"LINUX_KERNEL_VERSION", 0, 0, false, true}));
    p.add(0);
    p.add(0x61, 2, 1);
    p.add(0x35, 2, 0, 1, bound);  // if r2 >= bound
    p.add(mov, 0);
    p.add(exit_code);
    return p.reached({[](const auto&) {
                        return Value{Value::Kind::data, Reach::version_section, 0, 0};
                      },
                      Value::range(0x060100, 0x0601ff), true});
  };
  CHECK(reached(0x060100) == "x-xx-x");
  CHECK(reached(0x060110) == "x-xxxx");
  CHECK(reached(0x060200) == "x-xxxx");
  Program p;
  p.refer(p.add(0x18, 1), p.symbol({"LINUX_KERNEL_VERSION", 0, 0, false, true}));
  p.add(0);
  p.add(0x61, 2, 1);
  p.add(0x35, 2, 0, 1, 0x060200);
  p.add(exit_code);
  p.add(exit_code);
  CHECK(p.reached({[](const auto&) {
                     return Value{Value::Kind::data, Reach::version_section, 0, 0};
                   },
                   Value::range(0x060100, 0x0601ff), true}) == "x-xxx-");
}

TEST_CASE("a bound of a number survives its way to a wider one", "[compat.reach]") {
  Program p;
  p.add(0x71, 1, 1);         // r1 = *(u8*)r1
  p.add(0x67, 1, 0, 0, 32);  // r1 = (s64)(s32)r1, as CPU v1 does it
  p.add(0xc7, 1, 0, 0, 32);
  p.add(0x65, 1, 0, 1, 255);  // if r1 s> 255
  p.add(exit_code);
  p.add(exit_code);
  CHECK(p.reached() == "xxxxx-");
}

TEST_CASE("loops come to an end, and what they change is not known", "[compat.reach]") {
  Program p;
  p.add(mov, 1);                // r1 = 0
  p.add(0x07, 1, 0, 0, 1);      // r1 += 1
  p.add(0x15, 1, 0, 1, 3);      // if r1 == 3: here the verifier comes in its third round
  p.add(0xa5, 1, 0, -3, 1000);  // if r1 < 1000: again
  p.add(exit_code);
  CHECK(p.reached() == "xxxxx");
}

TEST_CASE("a function is followed with what it is called with", "[compat.reach]") {
  const auto reached = [](std::int32_t argument, bool is_global, bool is_called, bool verifies_uncalled) {
    Program p;
    p.add(mov, 1, 0, 0, argument);
    p.add(0x15, 1, 0, 1, is_called ? 99 : argument);
    const std::size_t caller = p.add(call, 0, 1, 0, -1);
    p.add(exit_code);
    p.add(0x15, 1, 0, 1, 1, 2);  // if r1 == 1
    p.add(mov, 0, 0, 0, 0, 2);
    p.add(exit_code, 0, 0, 0, 0, 2);
    p.refer(caller, p.symbol({"function", 2, 0, true, is_global, false, false, 24}));
    return p.reached({[](const auto&) { return Value::unknown(); }, Value::unknown(), verifies_uncalled}, 2);
  };
  CHECK(reached(1, false, true, true) == "x-x");
  CHECK(reached(0, false, true, true) == "xxx");
  CHECK(reached(1, false, false, true) == "---");
  // A global function is verified by itself, for all arguments.
  CHECK(reached(1, true, true, false) == "xxx");
  CHECK(reached(1, true, false, false) == "---");
  CHECK(reached(1, true, false, true) == "xxx");
}

TEST_CASE("what a function returns and writes is known to its caller", "[compat.reach]") {
  Program p;
  p.add(0x7a, 10, 0, -8, 5);  // *(u64*)(r10 - 8) = 5
  p.add(mov_x, 1, 10);
  p.add(0x07, 1, 0, 0, -8);
  const std::size_t caller = p.add(call, 0, 1, 0, -1);
  p.add(0x79, 2, 10, -8);
  p.add(0x55, 2, 0, 2, 6);  // if it is not 6
  p.add(0x15, 0, 0, 1, 3);  // if 3 was returned
  p.add(mov, 0);
  p.add(exit_code);
  p.add(0x7a, 1, 0, 0, 6, 2);
  p.add(mov, 0, 0, 0, 3, 2);
  p.add(exit_code, 0, 0, 0, 0, 2);
  p.refer(caller, p.symbol({"function", 2, 0, true, false, false, false, 24}));
  CHECK(p.reached() == "xxxxxxx-x");
}

TEST_CASE("functions that call each other without end are given up", "[compat.reach]") {
  Program p;
  const std::size_t caller = p.add(call, 0, 1, 0, -1);
  p.add(exit_code);
  p.add(call, 0, 1, 0, -1, 2);  // itself
  p.add(exit_code, 0, 0, 0, 0, 2);
  p.refer(caller, p.symbol({"function", 2, 0, true, false, false, false, 16}));
  CHECK(p.reached() == "xx");
}

TEST_CASE("jumps out of a function lead nowhere", "[compat.reach]") {
  Program p;
  p.add(0x15, 1, 0, 1000, 1);
  p.add(jump, 0, 0, -700);
  p.add(exit_code);
  CHECK(p.reached() == "xx-");
}
