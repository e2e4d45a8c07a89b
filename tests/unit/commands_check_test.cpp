/// `bpfbuild check` and `bpfbuild diff` as their users meet them.
#include "btf_builder.hpp"
#include "catch.hpp"
#include "run_bpfbuild.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::BtfBuilder;
using test::Outcome;
using test::run;
using test::TemporaryDirectory;

namespace {

std::string kernel(std::uint32_t shift, std::string_view second_field, std::int32_t value) {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  b.structure("task", 8 + shift / 8, {{"pid", number, shift}, {second_field, number, 32 + shift}});
  b.enumeration("state", {{"IDLE", 0}, {"RUNNING", value}});
  return b.contents();
}

/// A directory with kernels, and a header of the first of them.
class Workspace : public TemporaryDirectory {
 public:
  Workspace() {
    file("old.btf", kernel(0, "state", 1));
    file("moved.btf", kernel(32, "state", 1));
    file("renamed.btf", kernel(0, "__state", 2));
    REQUIRE(run(*this, "header --btf old.btf --type task:state,pid enum:IDLE -o types.h").exit_code == 0);
  }
};

}  // namespace

TEST_CASE("check tells what each kernel has otherwise, and whether that breaks", "[commands.check]") {
  const Workspace workspace;
  const Outcome same = run(workspace, "check types.h --btf old.btf");
  CHECK(same.output == "old.btf: as in the header\n");
  CHECK(same.exit_code == 0);

  const Outcome moved = run(workspace, "check types.h --btf old.btf --btf moved.btf");
  CHECK(moved.output ==
        "old.btf: as in the header\n"
        "moved.btf: 3 differences, 0 not bridged by CO-RE\n"
        "  struct task         resized from 8 bytes to 12 bytes  bridged\n"
        "  struct task  pid    moved from byte 0 to byte 4       bridged\n"
        "  struct task  state  moved from byte 4 to byte 8       bridged\n");
  CHECK(moved.exit_code == 0);

  const Outcome renamed = run(workspace, "check types.h --btf renamed.btf");
  CHECK(renamed.output ==
        "renamed.btf: 1 difference, 1 not bridged by CO-RE\n"
        "  struct task  state  renamed to '__state'?  BREAKS\n");
  CHECK(renamed.exit_code == 1);
}

TEST_CASE("check counts the enumerators that were asked for", "[commands.check]") {
  const Workspace workspace;
  REQUIRE(run(workspace, "header --btf old.btf --type state -o enum.h").exit_code == 0);
  CHECK(run(workspace, "check enum.h --btf renamed.btf").output ==
        "renamed.btf: 1 difference, 1 not bridged by CO-RE\n"
        "  enum state  RUNNING  revalued from 1 to 2  BREAKS\n");
  REQUIRE(run(workspace, "header --btf old.btf --type enum:RUN* -o enum.h").exit_code == 0);
  CHECK(run(workspace, "check enum.h --btf renamed.btf").exit_code == 1);
  REQUIRE(run(workspace, "header --btf old.btf --full -o vmlinux.h").exit_code == 0);
  CHECK(run(workspace, "check vmlinux.h --btf old.btf").output == "old.btf: as in the header\n");
  CHECK(run(workspace, "check vmlinux.h --btf renamed.btf").exit_code == 1);
}

TEST_CASE("check takes directories, and prints JSON", "[commands.check]") {
  const Workspace workspace;
  std::filesystem::create_directory(workspace.path() / "kernels");
  workspace.file("kernels/b.btf", kernel(0, "__state", 1));
  workspace.file("kernels/a.btf", kernel(0, "state", 1));
  const Outcome outcome = run(workspace, "check types.h --btf kernels --format json");
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.output == R"([
  {
    "btf": "kernels/a.btf",
    "architecture": "",
    "release": "",
    "differences": []
  },
  {
    "btf": "kernels/b.btf",
    "architecture": "",
    "release": "",
    "differences": [
      {
        "type": "struct task",
        "member": "state",
        "change": "renamed",
        "before": "",
        "after": "__state",
        "bridged": false
      }
    ]
  }
]
)");
}

TEST_CASE("check reads a header of several architectures for that of the kernel", "[commands.check]") {
  const Workspace workspace;
  REQUIRE(
      run(workspace, "header --btf x86=old.btf --btf arm64=moved.btf --type task:pid -o both.h").exit_code ==
      0);
  CHECK(run(workspace, "check both.h --btf x86=old.btf --btf arm64=moved.btf").output ==
        "x86=old.btf: as in the header\narm64=moved.btf: as in the header\n");
  CHECK_THAT(run(workspace, "check both.h --btf arm64=old.btf").output,
             test::contains("moved from byte 4 to byte 0"));
  const Outcome outcome = run(workspace, "check both.h --btf old.btf");
  CHECK(outcome.exit_code == 1);
  CHECK_THAT(outcome.output, test::contains("say which with --btf ARCH=FILE\n"));
}

TEST_CASE("check looks for kfuncs and types that are gone", "[commands.check]") {
  const TemporaryDirectory directory;
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  b.structure("gone", 4, {{"x", number, 0}});
  b.add(btf::Kind::function, "bpf_gone", b.add(btf::Kind::function_prototype, "", number), {}, 1);
  directory.file("old.btf", b.contents());
  BtfBuilder c;
  c.signed_integer("int", 4);
  directory.file("new.btf", c.contents());
  REQUIRE(run(directory, "header --btf old.btf --type gone --kfunc bpf_gone -o types.h").exit_code == 0);
  CHECK(run(directory, "check types.h --btf old.btf").exit_code == 0);
  CHECK(run(directory, "check types.h --btf new.btf").output ==
        "new.btf: 2 differences, 2 not bridged by CO-RE\n"
        "  struct gone     missing  BREAKS\n"
        "  kfunc bpf_gone  missing  BREAKS\n");
}

TEST_CASE("check tells when a header was made for something else", "[commands.check]") {
  const Workspace workspace;
  CHECK(run(workspace, "check types.h --btf old.btf --type task:state,pid enum:IDLE").exit_code == 0);
  const Outcome outcome = run(workspace, "check types.h --btf old.btf --type task:pid");
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.output ==
        "bpfbuild: types.h: was made for task:state,pid enum:IDLE, not for task:pid; write it anew, as with: "
        "bpfbuild header --btf old.btf --type task:state,pid --type enum:IDLE -o types.h\n");
}

TEST_CASE("check says what is wrong with its input", "[commands.check]") {
  const Workspace workspace;
  const auto error = [&](const std::string& arguments) {
    const Outcome outcome = run(workspace, arguments);
    CHECK(outcome.exit_code == 1);
    return outcome.output;
  };
  workspace.file("other.h", "struct task { int pid; };\n");
  CHECK(error("check other.h --btf old.btf") ==
        "bpfbuild: other.h: has no line '// request:'; expected a header that 'bpfbuild header' wrote\n");
  CHECK(error("check types.h --btf old.btf --clang no-such-clang") ==
        "bpfbuild: types.h: cannot run 'no-such-clang': No such file or directory; name a clang with "
        "--clang\n");
  workspace.file("broken.h", test::contents_of(workspace.path() / "types.h") + "struct broken {\n");
  CHECK_THAT(error("check broken.h --btf old.btf"),
             test::contains("bpfbuild: clang cannot compile it: error: "));
  std::filesystem::create_directory(workspace.path() / "empty");
  CHECK(error("check types.h --btf empty") ==
        "bpfbuild: empty: has no files; expected BTF of kernels in it\n");
}

TEST_CASE("diff tells what changed in types", "[commands.check]") {
  const Workspace workspace;
  const Outcome outcome = run(workspace, "diff old.btf renamed.btf");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.output ==
        "renamed.btf: 3 differences, 2 not bridged by CO-RE\n"
        "  struct task  state    renamed to '__state'?  BREAKS\n"
        "  struct task  __state  added: int             new\n"
        "  enum state   RUNNING  revalued from 1 to 2   BREAKS\n");
  CHECK(run(workspace, "diff old.btf moved.btf --type task:pid").output ==
        "moved.btf: 2 differences, 0 not bridged by CO-RE\n"
        "  struct task       resized from 8 bytes to 12 bytes  bridged\n"
        "  struct task  pid  moved from byte 0 to byte 4       bridged\n");
  CHECK(run(workspace, "diff old.btf old.btf --type task").output == "old.btf: no difference\n");
  CHECK(run(workspace, "diff old.btf moved.btf --type tsak").output ==
        "bpfbuild: --type 'tsak': no such type in 'moved.btf'; did you mean 'task'?\n");
}

TEST_CASE("diff tells of types that only one of the kernels has", "[commands.check]") {
  const Workspace workspace;
  BtfBuilder b;
  b.structure("other", 4, {{"x", b.signed_integer("int", 4), 0}});
  workspace.file("other.btf", b.contents());
  CHECK(run(workspace, "diff old.btf other.btf --type task --type other").output ==
        "other.btf: 2 differences, 1 not bridged by CO-RE\n"
        "  struct task   missing  BREAKS\n"
        "  struct other  added    new\n");
}
