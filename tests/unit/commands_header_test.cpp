/// `bpfbuild header` as its users meet it: the executable is run, and its output, messages and exit code
/// looked at.
#include <chrono>

#include "btf_builder.hpp"
#include "catch.hpp"
#include "run_bpfbuild.hpp"
#include "support/text.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::BtfBuilder;
using test::contents_of;
using test::Outcome;
using test::run;
using test::TemporaryDirectory;

namespace fs = std::filesystem;

namespace {

/// A directory with `kernel.btf`, which holds `struct foo { int a; int b; }`.
class Workspace : public TemporaryDirectory {
 public:
  Workspace() {
    BtfBuilder b;
    const auto number = b.signed_integer("int", 4);
    b.structure("foo", 8, {{"a", number, 0}, {"b", number, 32}});
    file("kernel.btf", b.contents());
  }
};

}  // namespace

TEST_CASE("the header goes to standard output and tells how to make it again", "[commands.header]") {
  const Workspace workspace;
  const Outcome outcome = run(workspace, "header --btf kernel.btf --type foo:b 'struct foo:a'");
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.output, test::contains("// request:    foo:b 'struct foo:a'\n"));
  CHECK_THAT(
      outcome.output,
      test::contains("// regenerate: bpfbuild header --btf kernel.btf --type foo:b --type 'struct foo:a'\n"));
  CHECK_THAT(outcome.output, test::contains("#define BPFBUILD_FOO_H\n"));
  CHECK_THAT(outcome.output, test::contains("struct foo {\n\tint a;\n\tint b;\n}"));
}

TEST_CASE("a header can be for several architectures", "[commands.header]") {
  const Workspace workspace;
  BtfBuilder b;
  b.structure("foo", 4, {{"c", b.signed_integer("int", 4), 0}});
  workspace.file("arm.btf", b.contents());
  CHECK(run(workspace, "header --btf x86=kernel.btf --btf arm64=arm.btf --type foo -o types.h").exit_code ==
        0);
  const std::string header = contents_of(workspace.path() / "types.h");
  CHECK_THAT(header, test::contains("// BTF:        xxh3 9291d63fded6f053 (x86), xxh3 "));
  CHECK_THAT(header, test::contains("--btf x86=kernel.btf --btf arm64=arm.btf --type foo -o types.h\n"));
  CHECK_THAT(header,
             test::contains("#if defined(__TARGET_ARCH_x86)\n\nstruct foo {\n\tint a;\n\tint b;\n};\n\n"
                            "#elif defined(__TARGET_ARCH_arm64)\n\nstruct foo {\n\tint c;\n};\n\n#endif\n"));

  const auto error_of = [&](const std::string& arguments) {
    const Outcome outcome = run(workspace, "header --type foo " + arguments);
    CHECK(outcome.exit_code == 2);
    return outcome.output;
  };
  CHECK(error_of("--btf x68=kernel.btf") ==
        "bpfbuild: --btf 'x68=kernel.btf': 'x68' is not an architecture; expected 'arc', 'arm', 'arm64', "
        "'i386', "
        "'loongarch', 'mips', 'powerpc', 'riscv', 's390', 'sparc' or 'x86'\n");
  CHECK(error_of("--btf x86=") == "bpfbuild: --btf 'x86=': no file\n");
  CHECK(error_of("--btf arm64=arm.btf --btf kernel.btf") ==
        "bpfbuild: --btf 'kernel.btf': no architecture; write ARCH=FILE, as for the other kernel\n");
  CHECK(error_of("--btf arm64=arm.btf --base-btf x86=kernel.btf") ==
        "bpfbuild: --base-btf 'x86=kernel.btf': no --btf is of this architecture\n");
  CHECK(error_of("--base-btf kernel.btf --base-btf arm.btf") ==
        "bpfbuild: --base-btf 'arm.btf': there is one already\n");
  workspace.file("a=b.btf", contents_of(workspace.path() / "arm.btf"));
  CHECK(run(workspace, "header --btf ./a=b.btf --type foo").exit_code == 0);
}

TEST_CASE("fields may be asked for by patterns and types by their enumerators", "[commands.header]") {
  const Workspace workspace;
  const Outcome outcome = run(workspace, "header --btf kernel.btf --type 'fo?:b*' -o types.h");
  CHECK(outcome.exit_code == 0);
  const std::string header = contents_of(workspace.path() / "types.h");
  CHECK_THAT(header, test::contains("// request:    'fo?:b*'\n"));
  CHECK(run(workspace, "header --btf kernel.btf --type foo -o new/directory/types.h").exit_code == 0);
  CHECK_FALSE(contents_of(workspace.path() / "new/directory/types.h").empty());
  CHECK_THAT(header, test::contains("struct foo {\n\tint __other0;\n\tint b;\n}"));
  CHECK(run(workspace, "header --btf kernel.btf --type enum:A").output ==
        "bpfbuild: --type 'enum:A': no enum in 'kernel.btf' has 'A'\n");
}

TEST_CASE("all types can be written, and whole ones followed less or further", "[commands.header]") {
  const Workspace workspace;
  const std::string full = run(workspace, "header --btf kernel.btf --full").output;
  CHECK_THAT(full, test::contains("// request:    --full\n"));
  CHECK_THAT(full, test::contains("// regenerate: bpfbuild header --btf kernel.btf --full\n"));
  CHECK_THAT(full, test::contains("#define BPFBUILD_VMLINUX_H\n"));
  CHECK_THAT(full, test::contains("struct foo {\n\tint a;\n\tint b;\n}"));
  const std::string fields = run(workspace, "header --btf kernel.btf --type foo --closure fields").output;
  CHECK_THAT(fields, test::contains("// request:    foo --closure fields\n"));
  CHECK_THAT(fields, test::contains(" --type foo --closure fields\n"));
}

TEST_CASE("kfuncs can be asked for, and are part of all that there is", "[commands.header]") {
  const Workspace workspace;
  BtfBuilder b;
  b.kfunc("bpf_call", b.prototype(0, {}));
  workspace.file("kfuncs.btf", b.contents());
  const std::string header = run(workspace, "header --btf kfuncs.btf --kfunc bpf_call 'bpf_*'").output;
  CHECK_THAT(header, test::contains("// request:    --kfunc bpf_call --kfunc 'bpf_*'\n"));
  CHECK_THAT(header, test::contains("bpfbuild header --btf kfuncs.btf --kfunc bpf_call --kfunc 'bpf_*'\n"));
  CHECK_THAT(header, test::contains("#define BPFBUILD_KFUNCS_H\n"));
  CHECK_THAT(header, test::contains("extern void bpf_call(void) __weak __ksym;\n"));
  CHECK_THAT(run(workspace, "header --btf kfuncs.btf --full").output, test::contains("void bpf_call(void)"));
  CHECK(run(workspace, "header --btf kfuncs.btf --kfunc bpf_cal").output ==
        "bpfbuild: --kfunc 'bpf_cal': no such kfunc in 'kfuncs.btf'; did you mean 'bpf_call'?\n");
}

TEST_CASE("tracepoints can be asked for, from a saved copy too", "[commands.header]") {
  const Workspace workspace;
  fs::create_directories(workspace.path() / "events/io/open");
  const fs::path format =
      workspace.file("events/io/open/format",
                     "name: open\nID: 1\nformat:\n"
                     "\tfield:int fd;\toffset:8;\tsize:4;\tsigned:1;\n\nprint fmt: \"\"\n");
  const std::string common = "header --btf kernel.btf --tracepoint io:open --tracepoints-from ";
  const std::string header = run(workspace, common + "events").output;
  CHECK_THAT(header, test::contains("// request:    --tracepoint io:open\n"));
  CHECK_THAT(header, test::contains("// regenerate: bpfbuild " + common + "events\n"));
  CHECK_THAT(header, test::contains("#define BPFBUILD_TRACEPOINTS_H\n"));
  CHECK_THAT(header, test::contains("as 'events' describes it"));
  CHECK_THAT(header, test::contains("struct open_args {\n\tchar __pad0[8];\n\tint fd;\n};\n"));
  CHECK_THAT(run(workspace, common + "events/io/open/format").output, test::contains("struct open_args {\n"));

  CHECK(run(workspace, common + "absent").output ==
        "bpfbuild: absent: cannot open: No such file or directory\n");
  CHECK(run(workspace, "header --btf kernel.btf --tracepoint io:* --tracepoints-from events/io/open/format")
            .output ==
        "bpfbuild: events/io/open/format: a single format file is for a single event; name a directory of "
        "them\n");
  CHECK(run(workspace, "header --btf kernel.btf --tracepoint io:opne --tracepoints-from events").output ==
        "bpfbuild: --tracepoint 'io:opne': no event 'opne' in 'events/io'; did you mean 'open'?\n");
  CHECK(
      run(workspace, "header --btf kernel.btf --tracepoint io:other --tracepoints-from events/io/open/format")
          .output == "bpfbuild: events/io/open/format: describes 'open', expected 'other'\n");
  std::ofstream(format) << "name:";
  CHECK(run(workspace, common + "events").output ==
        "bpfbuild: events/io/open/format:1: '' is not the name of an event\n");
}

TEST_CASE("records of tracepoints can be those of several architectures", "[commands.header]") {
  const Workspace workspace;
  const auto save = [&](const std::string& architecture, const std::string& event,
                        const std::string& fields) {
    fs::create_directories(workspace.path() / architecture / "io" / event);
    workspace.file(architecture + "/io/" + event + "/format",
                   "name: " + event + "\nID: 1\nformat:\n" + fields + "\nprint fmt: \"\"\n");
  };
  const std::string same = "\tfield:int fd;\toffset:0;\tsize:4;\tsigned:1;\n";
  save("one", "close", same);
  save("other", "close", same);
  save("one", "open", "\tfield:long flags;\toffset:0;\tsize:8;\tsigned:1;\n");
  save("other", "open", "\tfield:long flags;\toffset:0;\tsize:4;\tsigned:1;\n");
  const std::string request = "header --btf x86=kernel.btf --btf arm=kernel.btf --tracepoint 'io:*'";
  const std::string copies = " --tracepoints-from x86=one --tracepoints-from arm=other";
  const std::string header = run(workspace, request + copies).output;
  CHECK_THAT(header, test::contains("as 'one' (x86), 'other' (arm) describes it"));
  CHECK_THAT(header, test::contains("struct close_args {\n\tint fd;\n};\n"));
  CHECK_THAT(header, test::contains("\n#if defined(__TARGET_ARCH_x86)\n\n// "
                                    "SEC(\"tracepoint/io/open\")\nstruct open_args {\n\tlong flags;\n};\n"));
  CHECK_THAT(header, test::contains("\n#elif defined(__TARGET_ARCH_arm)\n\n// "
                                    "SEC(\"tracepoint/io/open\")\nstruct open_args {\n\t__s32 flags;"));
  CHECK_THAT(header, test::contains(copies + "\n"));

  const auto error = [&](const std::string& more) {
    const Outcome outcome = run(workspace, request + more);
    CHECK(outcome.exit_code == 2);
    return outcome.output;
  };
  CHECK(error(" --tracepoints-from x86=one") ==
        "bpfbuild: --tracepoint: the records of 'arm' are not those of this machine; name a copy of the "
        "events of "
        "its tracefs: --tracepoints-from arm=DIR\n");
  CHECK(error(" --tracepoints-from one") ==
        "bpfbuild: --tracepoints-from 'one': no architecture; write ARCH=FILE, as for --btf\n");
  CHECK(error(" --tracepoints-from s390=one") ==
        "bpfbuild: --tracepoints-from 's390=one': no --btf is of this architecture\n");
  CHECK(error(copies + " --tracepoints-from x86=other") ==
        "bpfbuild: --tracepoints-from 'x86=other': there is one already\n");
}

TEST_CASE("the header holds no path of its output and no kernel that it is not of", "[commands.header]") {
  const Workspace workspace;
  fs::create_directory(workspace.path() / "out");
  CHECK(run(workspace, "header --btf kernel.btf --type foo -o out/types.h").exit_code == 0);
  const std::string header = contents_of(workspace.path() / "out" / "types.h");
  CHECK_THAT(header, test::contains("--type foo -o types.h\n"));
  CHECK_THAT(header, !test::contains("out/"));
  CHECK_THAT(header, !test::contains("// kernel:"));
}

TEST_CASE("the build system may say how the header is made again", "[commands.header]") {
  const Workspace workspace;
  const std::string header = "header --btf kernel.btf --type foo --regenerate-with ";
  CHECK_THAT(run(workspace, header + "'cmake --build build --target x'").output,
             test::contains("// regenerate: cmake --build build --target x\n"));
  const Outcome outcome = run(workspace, header + "'two\nlines'");
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.output ==
        "bpfbuild: --regenerate-with: expected a single line that does not end with a backslash\n");
}

TEST_CASE("a header that would be the same is left alone", "[commands.header]") {
  const Workspace workspace;
  const std::string command = "header --btf kernel.btf --type foo -o types.h";
  REQUIRE(run(workspace, command).exit_code == 0);
  const auto long_ago = fs::last_write_time(workspace.path() / "types.h") - std::chrono::hours(1);
  fs::last_write_time(workspace.path() / "types.h", long_ago);
  REQUIRE(run(workspace, command).exit_code == 0);
  CHECK(fs::last_write_time(workspace.path() / "types.h") == long_ago);
}

TEST_CASE("the old header survives every error", "[commands.header]") {
  const Workspace workspace;
  const fs::path old = workspace.file("types.h", "old");
  CHECK(run(workspace, "header --btf kernel.btf --type missing -o types.h").exit_code == 1);
  CHECK(run(workspace, "header --btf absent.btf --type foo -o types.h").exit_code == 1);
  CHECK(run(workspace, "header --btf kernel.btf --type foo: -o types.h").exit_code == 2);
  CHECK(contents_of(old) == "old");
}

TEST_CASE("bad input ends with 1 and a message that names it", "[commands.header]") {
  const Workspace workspace;
  const auto error = [&](const std::string& arguments) {
    const Outcome outcome = run(workspace, arguments);
    CHECK(outcome.exit_code == 1);
    return outcome.output;
  };
  CHECK(error("header --btf kernel.btf --type fooo") ==
        "bpfbuild: --type 'fooo': no such type in 'kernel.btf'; did you mean 'foo'?\n");
  CHECK(error("header --btf absent.btf --type foo") ==
        "bpfbuild: absent.btf: cannot open: No such file or directory\n");
  const fs::path text = workspace.file("text.btf", "This is no BTF at all, not in the least.");
  CHECK(error("header --btf text.btf --type foo") ==
        "bpfbuild: text.btf: .BTF: begins with 0x6854, not with the magic number 0xeb9f\n");
  CHECK(error("header --btf kernel.btf --type foo -o /proc/no/such/x.h") ==
        "bpfbuild: /proc/no/such/x.h: cannot write: No such file or directory\n");
  CHECK(error("header --btf kernel.btf --type foo >/dev/full") == "");
}

TEST_CASE("wrong usage ends with 2", "[commands.header]") {
  const Workspace workspace;
  const auto error = [&](const std::string& arguments) {
    const Outcome outcome = run(workspace, arguments);
    CHECK(outcome.exit_code == 2);
    return outcome.output;
  };
  CHECK(error("") == "bpfbuild: A subcommand is required; see 'bpfbuild --help'\n");
  CHECK(error("header --btf kernel.btf") ==
        "bpfbuild: nothing to write; name types with --type, programs with --source, or write all types with "
        "--full\n");
  CHECK_THAT(error("header --tpye foo"), Catch::Matchers::EndsWith("; see 'bpfbuild header --help'\n"));
  CHECK_THAT(error("heder"), Catch::Matchers::EndsWith("; see 'bpfbuild --help'\n"));
  CHECK_THAT(error("header --full --type foo"), test::contains("excludes"));
  CHECK_THAT(error("header --full --kfunc foo"), test::contains("excludes"));
  CHECK_THAT(error("header --type foo --tracepoints-from x"), test::contains("requires --tracepoint"));
  CHECK_THAT(error("header --closure all --type foo"), test::contains("--closure"));
  CHECK_THAT(error("header --type 'a b'"),
             Catch::Matchers::StartsWith("bpfbuild: --type 'a b': 'a b' is not the name"));
}

TEST_CASE("help and version are there", "[commands.header]") {
  const Workspace workspace;
  CHECK(run(workspace, "--version").output == "bpfbuild " BPFBUILD_VERSION "\n");
  CHECK(run(workspace, "--help").exit_code == 0);
  const Outcome help = run(workspace, "header --help");
  CHECK(help.exit_code == 0);
  CHECK_THAT(help.output, test::contains("Example:\n  bpfbuild header --type task_struct:"));
  for (const auto* option : {"--btf", "--type", "--kfunc", "--tracepoint", "--tracepoints-from", "--full",
                             "--closure", "--output", "--regenerate-with"}) {
    CHECK_THAT(help.output, test::contains(option));
  }
}
