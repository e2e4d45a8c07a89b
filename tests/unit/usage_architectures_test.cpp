/// Headers that are made for programs and for kernels of several architectures.
#include <cstdlib>

#include "catch.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::contents_of;

namespace {

constexpr const char* kernel = R"(
struct task { int state; int pid; int tgid; } task;
struct pt_regs {
#ifdef OF_X86
  unsigned long si, di, ax;
#else
  unsigned long args[6], gprs[16];
#endif
} registers;
#ifdef OF_S390
struct lowcore { int first; int cpu; } lowcore;
#endif
)";

constexpr const char* program = R"(
#include "vmlinux.h"
#if defined(__TARGET_ARCH_x86)
#define ARGUMENT(registers) (registers)->di
#else
#define ARGUMENT(registers) (registers)->gprs[2]
#endif
#define SEC(name) __attribute__((section(name), used))
char LICENSE[] SEC("license") = "GPL";
SEC("kprobe/f") long f(struct pt_regs *registers) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return ARGUMENT(registers) + ((struct lowcore *)registers)->cpu;
#else
  return ARGUMENT(registers) + ((struct task *)registers)->FIELD;
#endif
}
)";

class Workspace : public test::TemporaryDirectory {
 public:
  Workspace() {
    file("kernel.c", kernel);
    file("program.bpf.c", program);
    const std::string clang = shell_quote(BPFBUILD_CLANG) + " -g -c kernel.c ";
    REQUIRE(shell(clang + "--target=bpfel -DOF_X86 -o x86.o") == 0);
    REQUIRE(shell(clang + "--target=bpfeb -DOF_S390 -o s390.o") == 0);
  }

  int shell(const std::string& command) const {
    return std::system(("cd " + shell_quote(path().native()) + " && " + command).c_str());
  }

  /// Runs `bpfbuild header` for the program, compiled for x86 unless it is said otherwise. All that it says.
  std::string run(const std::string& flags) {
    shell(shell_quote(BPFBUILD_EXECUTABLE) + " header --btf x86=x86.o --btf s390=s390.o --clang " +
          shell_quote(BPFBUILD_CLANG) + " --source program.bpf.c --prove -o vmlinux.h -- --target=bpfel " +
          "-D__TARGET_ARCH_x86 " + flags + " >messages 2>&1");
    return contents_of(path() / "messages");
  }
};

}  // namespace

TEST_CASE("a program is read for each architecture as that compiles it", "[usage]") {
  Workspace workspace;
  CHECK(workspace.run("-DFIELD=pid") == "");
  const std::string header = contents_of(workspace.path() / "vmlinux.h");
  const auto of_x86 = header.find("#if defined(__TARGET_ARCH_x86)\n");
  const auto of_s390 = header.find("#elif defined(__TARGET_ARCH_s390)\n");
  REQUIRE((of_x86 != std::string::npos && of_s390 != std::string::npos && of_x86 < of_s390));
  const std::string x86 = header.substr(of_x86, of_s390 - of_x86), s390 = header.substr(of_s390);
  CHECK_THAT(x86, test::contains("unsigned long di;") && test::contains("int pid;"));
  CHECK_THAT(x86, !test::contains("unsigned long si;") && !test::contains("lowcore"));
  CHECK_THAT(s390, test::contains("unsigned long gprs[16];") && test::contains("int cpu;"));
  CHECK_THAT(s390, !test::contains("unsigned long args[6];") && !test::contains("int pid;"));
}

TEST_CASE("what a program lacks on one of several architectures is told with the kernel", "[usage]") {
  Workspace workspace;
  CHECK_THAT(workspace.run("-DFIELD=absent"),
             test::contains("program.bpf.c: does not compile with all types of 'x86.o': ") &&
                 test::contains("no member named 'absent' in 'struct task'"));
}

TEST_CASE("the proof is made for each architecture", "[usage]") {
  Workspace workspace;
  // All types come without this macro.
  workspace.file("differs.h", R"(
#include "vmlinux.h"
#if defined(__TARGET_ARCH_s390) && defined(BPFBUILD_KERNEL_TYPES)
#define cpu first
#endif
)");
  CHECK_THAT(workspace.run("-DFIELD=pid -include differs.h"),
             test::contains("program.bpf.c: does not compile with this header on s390: ") &&
                 test::contains("no member named 'first'"));
}
