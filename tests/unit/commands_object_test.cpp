/// `bpfbuild link` and `bpfbuild types`: what they say of their arguments.
#include "btf_builder.hpp"
#include "catch.hpp"
#include "commands/link.hpp"
#include "commands/types.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::message_of;

TEST_CASE("a linker that is not there or fails is told", "[commands.object]") {
  const test::TemporaryDirectory directory;
  commands::LinkOptions options;
  options.output = directory.path() / "x.bpf.o.part";
  options.inputs = {"x.bpf.c.o"};
  options.bpftool = "/nowhere/bpftool";
  CHECK(message_of([&] { commands::link(options); }) ==
        "cannot run '/nowhere/bpftool': No such file or directory");
  options.bpftool = "false";
  CHECK(message_of([&] { commands::link(options); }) == "x.bpf.o: bpftool could not link it");
}

TEST_CASE("a linker that writes no object is told", "[commands.object]") {
  const test::TemporaryDirectory directory;
  directory.file("x.bpf.o", "no object");
  commands::LinkOptions options;
  options.bpftool = "true";
  options.output = directory.path() / "x.bpf.o";
  CHECK_THAT(message_of([&] { commands::link(options); }), test::contains("x.bpf.o: damaged ELF file: "));
}

TEST_CASE("types of an object are named by the user", "[commands.object]") {
  const test::TemporaryDirectory directory;
  test::BtfBuilder b;
  b.structure("event", 4, {{"a", b.signed_integer("int", 4), 0}});
  directory.file("x.bpf.o", b.contents());
  commands::TypesOptions options;
  options.object = directory.path() / "x.bpf.o";
  CHECK(message_of([&] { commands::types(options); }) == "nothing to write; name types with --type");
  options.types = {"event"};
  options.output = directory.path() / "x.types.h";
  commands::types(options);
  CHECK_THAT(test::contents_of(options.output),
             Catch::Matchers::StartsWith("// Types that 'x.bpf.o' shares with user space"));
}
