/// CO-RE relocations, resolved against kernels that differ.
#include "core/resolve.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "core/names.hpp"
#include "object/core_relocations.hpp"
#include "support/format.hpp"

using namespace bpfbuild;
using btf::TypeId;
using core::Resolution;
using object::CoreKind;
using object::CoreRelocation;
using test::BtfBuilder;
using test::message_of;

namespace {

constexpr TypeId no_modules = ~TypeId{0};

/// An object's and a kernel's types, and what comes of relocations between them.
class Sides {
 public:
  BtfBuilder local, kernel;

  Resolution resolve(TypeId type, const std::string& access, CoreKind kind, TypeId modules = no_modules) {
    return resolve_all({{"xdp", 0, type, access, kind}}, modules).front();
  }

  std::vector<Resolution> resolve_all(const std::vector<CoreRelocation>& relocations,
                                      TypeId modules = no_modules) {
    const btf::TypeTable local_types = btf::parse(local.bytes()), kernel_types = btf::parse(kernel.bytes());
    core::Resolver resolver(local_types, relocations, kernel_types, modules);
    std::vector<Resolution> all;
    for (const CoreRelocation& each : relocations) all.push_back(resolver.resolve(each));
    return all;
  }
};

std::uint64_t value_of(const Resolution& resolution) {
  CHECK(resolution.state == Resolution::State::resolved);
  return resolution.now.value;
}

std::string reason_of(const Resolution& resolution, Resolution::State state) {
  CHECK(resolution.state == state);
  return resolution.reason;
}

/// .BTF.ext with one section of relocations.
Bytes btf_ext(std::vector<std::uint32_t> relocations, bool foreign = false) {
  std::vector<std::uint32_t> words = {
      btf::magic | 1U << 16, 32, 0, 0, 0, 0, 0, static_cast<std::uint32_t>(relocations.size() * 4)};
  words.insert(words.end(), relocations.begin(), relocations.end());
  if (foreign) {
    for (std::uint32_t& word : words) word = __builtin_bswap32(word);
    words[0] = __builtin_bswap16(btf::magic) | 1U << 16;
  }
  return test::bytes_of({reinterpret_cast<const char*>(words.data()), words.size() * 4});
}

}  // namespace

TEST_CASE("relocations are read in either byte order", "[core]") {
  BtfBuilder b;
  const auto type = b.structure("task", 4, {{"pid", b.signed_integer("int", 4), 0}});
  const auto section = b.string("xdp"), access = b.string("0:0");
  const auto types = btf::parse(b.bytes());
  for (const bool foreign : {false, true}) {
    const auto all = object::read_core_relocations(
        btf_ext({16, section, 2, 8, type, access, 0, 24, type, access, 2}, foreign).view, types);
    REQUIRE(all.size() == 2);
    CHECK(all[0].section == "xdp");
    CHECK(all[0].offset == 8);
    CHECK(all[1].offset == 24);
    CHECK(all[1].type == type);
    CHECK(all[1].access == "0:0");
    CHECK(all[1].kind == CoreKind::field_exists);
  }
  CHECK(object::read_core_relocations(btf_ext({}).view, types).empty());
  CHECK(object::read_core_relocations({}, types).empty());
}

TEST_CASE("damaged relocations are told, and kinds that nobody knows yet", "[core]") {
  BtfBuilder b;
  const auto type = b.structure("task", 4, {{"pid", b.signed_integer("int", 4), 0}});
  const auto section = b.string("xdp"), access = b.string("0:0");
  const auto types = btf::parse(b.bytes());
  const auto told = [&](const Bytes& bytes) {
    return message_of([&] { object::read_core_relocations(bytes.view, types); });
  };
  CHECK(told(btf_ext({16, section, 1, 8, type, access, 13})) ==
        ".BTF.ext: relocation of kind 13 in 'xdp' is unknown; a newer bpfbuild may know it");
  CHECK(told(btf_ext({16, section, 1, 8, 99, access, 0})) ==
        ".BTF.ext: relocation in 'xdp' refers to missing type [99]");
  CHECK(told(btf_ext({16, section, 1, 8, type, 4711, 0})) ==
        ".BTF.ext: string at offset 4711 is past the end of the strings");
  CHECK(told(btf_ext({12, section, 1, 8, type, access, 0})) ==
        ".BTF.ext: relocations of 12 bytes are below 16");
  CHECK(told(btf_ext({16, section, 2, 8, type, access, 0})) ==
        ".BTF.ext: cut off at 0x3c, where more was to follow");
  CHECK(told(test::bytes_of("no header")) ==
        ".BTF.ext: begins with 0x6f6e, not with the magic number 0xeb9f");
}

TEST_CASE("a name is compared without its flavour", "[core]") {
  CHECK(core::essential("task_struct___old") == "task_struct");
  CHECK(core::essential("a___b___c") == "a___b");
  CHECK(core::essential("a____b") == "a____b");
  CHECK(core::essential("___a") == "___a");
  CHECK(core::essential("a___") == "a___");
  CHECK(core::essential("") == "");
}

TEST_CASE("a field is found by its name, wherever it is", "[core]") {
  Sides sides;
  auto& l = sides.local;
  const auto number = l.signed_integer("int", 4);
  const auto task = l.structure("task___mine", 20, {{"pid", number, 0}, {"list", l.array(number, 4), 32}});
  auto& k = sides.kernel;
  const auto wide = k.integer("long", 8);
  const auto inner = k.structure("", 16, {{"unused", wide, 0}, {"pid", wide, 64}});
  k.structure("task", 40,
              {{"first", wide, 0}, {"", inner, 64}, {"list", k.array(k.integer("short", 2), 2), 256}});

  const Resolution pid = sides.resolve(task, "0:0", CoreKind::field_byte_offset);
  CHECK(value_of(pid) == 16);
  CHECK(pid.before.value == 0);
  CHECK(pid.before.access_size == 4);
  CHECK(pid.now.access_size == 8);
  CHECK_FALSE(pid.can_be_resized);  // one of them is signed
  CHECK(value_of(sides.resolve(task, "0:0", CoreKind::field_byte_size)) == 8);
  CHECK(value_of(sides.resolve(task, "0:0", CoreKind::field_signed)) == 0);
  CHECK(value_of(sides.resolve(task, "0:0", CoreKind::field_exists)) == 1);
  CHECK(value_of(sides.resolve(task, "0:1:1", CoreKind::field_byte_offset)) == 34);
  CHECK(value_of(sides.resolve(task, "2:0", CoreKind::field_byte_offset)) == 2 * 40 + 16);
  CHECK(reason_of(sides.resolve(task, "0:1:3", CoreKind::field_byte_offset), Resolution::State::missing) ==
        "no element 3 in 'list'");
  CHECK(value_of(sides.resolve(task, "0:1:3", CoreKind::field_exists)) == 0);
}

TEST_CASE("why a field is missing is told", "[core]") {
  Sides sides;
  auto& l = sides.local;
  const auto number = l.signed_integer("int", 4);
  const auto task = l.structure("task", 8, {{"state", number, 0}, {"pid", number, 32}});
  const auto gone = l.structure("gone", 4, {{"a", number, 0}});
  auto& k = sides.kernel;
  const auto other = k.signed_integer("int", 4);
  k.structure("task", 16, {{"__state", other, 0}, {"pid", k.pointer(other), 64}});
  const auto missing = Resolution::State::missing;
  CHECK(reason_of(sides.resolve(task, "0:0", CoreKind::field_byte_offset), missing) ==
        "no field 'state' in struct task; did you mean '__state'?");
  CHECK(reason_of(sides.resolve(task, "0:1", CoreKind::field_byte_size), missing) ==
        "'pid' in struct task is no int any more");
  CHECK(reason_of(sides.resolve(gone, "0:0", CoreKind::field_byte_offset), missing) == "no struct 'gone'");
}

TEST_CASE("a type in the place of a type is told by existence, size and id", "[core]") {
  Sides sides;
  auto& l = sides.local;
  const auto number = l.signed_integer("int", 4);
  const auto task = l.structure("task", 4, {{"pid", number, 0}});
  const auto gone = l.structure("gone", 4, {{"pid", number, 0}});
  const auto alias = l.alias("callback_t", l.pointer(l.prototype(number, {number})));
  auto& k = sides.kernel;
  const auto other = k.signed_integer("int", 4);
  const auto kernel_task = k.structure("task", 24, {{"pid", other, 0}});
  k.union_of("gone", 4, {{"pid", other, 0}});
  k.alias("callback_t", k.pointer(k.prototype(other, {other, other})));
  CHECK(value_of(sides.resolve(task, "0", CoreKind::type_exists)) == 1);
  CHECK(value_of(sides.resolve(task, "0", CoreKind::type_size)) == 24);
  CHECK(value_of(sides.resolve(task, "0", CoreKind::type_id_target)) == kernel_task);
  CHECK(value_of(sides.resolve(task, "0", CoreKind::type_id_local)) == task);
  CHECK(value_of(sides.resolve(gone, "0", CoreKind::type_exists)) == 0);
  CHECK(value_of(sides.resolve(gone, "0", CoreKind::type_size)) == 0);
  CHECK(value_of(sides.resolve(gone, "0", CoreKind::type_id_target)) == 0);
  const Resolution callback = sides.resolve(alias, "0", CoreKind::type_exists);
  CHECK(value_of(callback) == 0);
  CHECK(callback.reason == "the kernel's type of this name is another");
}

TEST_CASE("a type matches one that has at least its fields", "[core]") {
  Sides sides;
  auto& l = sides.local;
  const auto number = l.signed_integer("int", 4);
  const auto list = l.structure("list", 8, {});
  const auto task = l.structure("task", 16, {{"pid", number, 0}, {"list", l.pointer(list), 64}});
  const auto narrow = l.structure("narrow", 4, {{"a", number, 0}});
  const auto colour = l.enumeration("colour", {{"RED", 1}, {"GREEN", 2}});
  const auto declared = l.structure("declared", 8, {{"next", l.pointer(l.forward("elsewhere")), 0}});
  const auto array = l.structure("array", 8, {{"a", l.array(number, 2), 0}});
  auto& k = sides.kernel;
  const auto other = k.signed_integer("int", 4);
  const auto wide = k.signed_integer("long", 8);
  k.structure("task", 24,
              {{"list", k.pointer(k.forward("list")), 0}, {"more", wide, 64}, {"pid", other, 128}});
  k.structure("narrow", 8, {{"a", wide, 0}});
  k.enumeration("colour", {{"GREEN", 7}, {"RED", 9}, {"BLUE", 8}});
  k.structure("declared", 8, {{"next", k.pointer(k.structure("elsewhere", 4, {{"a", other, 0}})), 0}});
  k.structure("array", 12, {{"a", k.array(other, 3), 0}});
  const auto matches = [&](TypeId id) { return value_of(sides.resolve(id, "0", CoreKind::type_matches)); };
  CHECK(matches(task) == 1);
  CHECK(matches(narrow) == 0);
  CHECK(matches(colour) == 1);
  CHECK(matches(declared) == 1);
  CHECK(matches(array) == 0);
}

TEST_CASE("an enumerator is found in enums of either width, without its flavour", "[core]") {
  Sides sides;
  auto& l = sides.local;
  const auto colour = l.enumeration("colour", {{"RED", 1}, {"GREEN___new", 2}, {"GONE", 3}});
  auto& k = sides.kernel;
  k.wide_enumeration("colour", {{"GREEN", std::int64_t{1} << 40}, {"RED", -1}}, true);
  CHECK(value_of(sides.resolve(colour, "1", CoreKind::enumerator_value)) == std::uint64_t{1} << 40);
  CHECK(value_of(sides.resolve(colour, "0", CoreKind::enumerator_value)) == ~std::uint64_t{0});
  CHECK(value_of(sides.resolve(colour, "2", CoreKind::enumerator_exists)) == 0);
  CHECK(reason_of(sides.resolve(colour, "2", CoreKind::enumerator_value), Resolution::State::missing) ==
        "no 'GONE' in enum colour");
}

TEST_CASE("a bitfield is read by the smallest integer around it", "[core]") {
  Sides sides;
  auto& l = sides.local;
  const auto number = l.integer("unsigned int", 4);
  const auto flags = l.structure("flags", 4, {{"a", number, 0, 3}, {"b", number, 3, 5}});
  auto& k = sides.kernel;
  const auto other = k.integer("unsigned int", 4);
  k.structure("flags", 8, {{"b", other, 29, 5}, {"a", other, 40, 1}});
  CHECK(value_of(sides.resolve(flags, "0:1", CoreKind::field_byte_offset)) == 0);
  CHECK(value_of(sides.resolve(flags, "0:1", CoreKind::field_byte_size)) == 8);
  CHECK(value_of(sides.resolve(flags, "0:1", CoreKind::field_left_shift)) == 64 - 34);
  CHECK(value_of(sides.resolve(flags, "0:1", CoreKind::field_right_shift)) == 64 - 5);
  const Resolution a = sides.resolve(flags, "0:0", CoreKind::field_byte_offset);
  CHECK(value_of(a) == 4);
  CHECK_FALSE(a.before.is_exact);
}

TEST_CASE("types of one name must agree", "[core]") {
  Sides sides;
  auto& l = sides.local;
  const auto number = l.signed_integer("int", 4);
  const auto task =
      l.structure("task", 12, {{"pid", number, 0}, {"flags", number, 32}, {"only", number, 64}});
  auto& k = sides.kernel;
  const auto other = k.signed_integer("int", 4);
  const auto first = k.structure("task", 8, {{"pid", other, 0}, {"flags", other, 32}});
  const auto second = k.structure("task", 12, {{"pid", other, 0}, {"flags", other, 64}, {"only", other, 32}});
  CHECK(value_of(sides.resolve(task, "0:0", CoreKind::field_byte_offset)) == 0);
  CHECK(reason_of(sides.resolve(task, "0:1", CoreKind::field_byte_offset), Resolution::State::refused) ==
        format("ambiguous: the kernel has several types of this name, [{}] and [{}], and they differ in it",
               first, second));
  // A field that only one of them has rules out the other from there on.
  const auto both = sides.resolve_all({{"xdp", 0, task, "0:2", CoreKind::field_byte_offset},
                                       {"xdp", 8, task, "0:1", CoreKind::field_byte_offset}});
  CHECK(value_of(both[0]) == 4);
  CHECK(value_of(both[1]) == 8);
}

TEST_CASE("types of modules count where the kernel has none of the name", "[core]") {
  Sides sides;
  auto& l = sides.local;
  const auto number = l.signed_integer("int", 4);
  const auto task = l.structure("task", 4, {{"pid", number, 0}});
  const auto table = l.structure("table", 4, {{"size", number, 0}});
  auto& k = sides.kernel;
  const auto other = k.signed_integer("int", 4);
  k.structure("task", 8, {{"pid", other, 32}});
  const auto modules = k.structure("task", 16, {{"pid", other, 64}});
  k.structure("table", 12, {{"size", other, 64}});
  CHECK(value_of(sides.resolve(task, "0:0", CoreKind::field_byte_offset, modules)) == 4);
  CHECK(value_of(sides.resolve(table, "0:0", CoreKind::field_byte_offset, modules)) == 8);
}

TEST_CASE("relocations that do not fit the object are refused", "[core]") {
  Sides sides;
  auto& l = sides.local;
  const auto number = l.signed_integer("int", 4);
  const auto task = l.structure("task", 8, {{"pid", number, 0}, {"list", l.array(number, 1), 32}});
  const auto unnamed = l.structure("", 4, {{"pid", number, 0}});
  sides.kernel.structure("task", 4, {{"pid", sides.kernel.signed_integer("int", 4), 0}});
  for (const char* const access : {"", ":", "0:", "0:9", "0:-1", "0:0:0", "0:x", "0:1:1", "99999999999"}) {
    CHECK(reason_of(sides.resolve(task, access, CoreKind::field_byte_offset), Resolution::State::refused) ==
          format("its access string '{}' does not fit the object's type", access));
  }
  CHECK(sides.resolve(task, "0", CoreKind::enumerator_value).state == Resolution::State::refused);
  CHECK(reason_of(sides.resolve(unnamed, "0:0", CoreKind::field_byte_offset), Resolution::State::refused) ==
        "the object's type has no name, so no kernel's can be found for it");
}
