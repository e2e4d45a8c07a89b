#include "catch.hpp"
#include "doctor/building.hpp"
#include "doctor/report.hpp"
#include "doctor/running.hpp"

using namespace bpfbuild;
using doctor::BuildFacts;
using doctor::Distribution;
using doctor::Program;
using doctor::Report;
using doctor::RunFacts;

namespace {

const Distribution debian("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian");

/// A machine that lacks this and that.
BuildFacts tools() {
  BuildFacts facts;
  facts.machine = "x86_64";
  facts.cmake = {"/usr/bin/cmake", "3.25.1", {}};
  facts.ninja = {"/usr/bin/ninja", "1.11.1", {}};
  facts.cxx_compiler = {"/usr/bin/c++", "12.2.0", {}};
  facts.clang = {"", "", {"clang 9.0.1 at '/usr/bin/clang' is too old"}};
  facts.bpftool = {"/usr/sbin/bpftool", "7.1.0", {}};
  facts.libbpf_of_bpftool = "1.1";
  facts.pahole = {"/usr/bin/pahole", "1.24", {}};
  facts.qemu = {"/usr/bin/qemu-system-x86_64", "7.2.22", {}};
  return facts;
}

RunFacts kernel() {
  RunFacts facts;
  facts.release = "6.1.0-44-amd64";
  facts.architecture = "x86_64";
  facts.machine.is_root = true;
  facts.machine.capabilities = ~std::uint64_t{0};
  facts.machine.lockdown = "none";
  facts.machine.has_btf = true;
  facts.machine.kernel_major = 6;
  facts.machine.kernel_minor = 1;
  facts.has_bpffs = facts.has_cgroup2 = facts.has_uprobes = true;
  facts.security_modules = "lockdown,capability,yama";
  facts.unprivileged_bpf_disabled = 2;
  facts.jit = 1;
  facts.features = doctor::Features{{{"kprobe", true}, {"lirc_mode2", false}, {"xdp", true}},
                                    {{"array", true}, {"hash", true}},
                                    {{"map_lookup_elem", {"kprobe", "xdp"}}, {"snprintf_btf", {}}}};
  return facts;
}

Report report(const BuildFacts& build, const RunFacts& run) {
  return {debian.name(), doctor::judge_needed(build, debian), doctor::judge_useful(build, debian),
          doctor::judge_running(run), run.features};
}

}  // namespace

TEST_CASE("a report tells what there is, what is missing, and what to do about it", "[doctor.report]") {
  const Report made_up = report(tools(), kernel());
  CHECK_FALSE(can_build(made_up));
  const std::string expected = R"(bpfbuild )" BPFBUILD_VERSION
                               R"( on Debian GNU/Linux 12

To build:
  ok        cmake 3.25.1          /usr/bin/cmake
  ok        ninja 1.11.1          /usr/bin/ninja
  ok        C++ compiler 12.2.0   /usr/bin/c++
  missing   clang                 clang 9.0.1 at '/usr/bin/clang' is too old; 12 or newer is needed
                                  -> sudo apt install clang
  ok        bpftool 7.1.0         /usr/sbin/bpftool, with libbpf 1.1
  missing   libbpf                its headers (bpf/bpf_helpers.h) were not found; 1.1 or newer is needed
                                  -> sudo apt install libbpf-dev
  unknown   trial                 takes clang, bpftool and libbpf

To build, for some things:
  optional  llvm-link, opt        for objects that are optimised as a whole (INTERPROCEDURAL_OPTIMIZATION)
                                  -> sudo apt install llvm
  optional  libclang              for bindings from programs (OBJECTS, SOURCES)
                                  -> sudo apt install libclang-dev
  optional  libarchive            for compressed kernel images and modules
                                  -> sudo apt install libarchive-dev
  ok        pahole 1.24           /usr/bin/pahole
  ok        qemu 7.2.22           /usr/bin/qemu-system-x86_64, slow without access to /dev/kvm
  optional  ccache                for large builds (CMAKE_BPF_COMPILER_LAUNCHER=ccache)
                                  -> sudo apt install ccache

To run:
  ok        Linux 6.1.0-44-amd64  x86_64
  ok        rights                CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN
  ok        unprivileged bpf()    disabled: programs take CAP_BPF
  ok        BTF                   /sys/kernel/btf/vmlinux
  ok        JIT                   programs run as machine code
  ok        lockdown              none
  optional  tracefs               not mounted, for tracepoints and kprobes
                                  -> sudo mount -t tracefs tracefs /sys/kernel/tracing
  ok        bpffs                 /sys/fs/bpf
  ok        cgroup v2             /sys/fs/cgroup
  optional  kprobes               this kernel has none, for kprobe and kretprobe
                                  -> boot a kernel with CONFIG_KPROBE_EVENTS
  ok        uprobes               for uprobe, uretprobe and usdt
  optional  BPF LSM               off: programs of type lsm are not called
                                  -> boot with lsm=lockdown,capability,yama,bpf
  ok        program types         2, all that libbpf knows but lirc_mode2
  ok        map types             2, all that libbpf knows
  ok        helpers               1, all that libbpf knows but snprintf_btf

Objects cannot be built here: sudo apt install clang libbpf-dev
Programs can be run here
)";
  CHECK(text(made_up, debian, false) == expected);
}

TEST_CASE("a report for programs has the same, and each feature", "[doctor.report]") {
  BuildFacts build;
  build.trial = doctor::Trial{};
  build.machine = "aarch64";
  RunFacts run = kernel();
  run.machine.has_btf = false;
  Report made_up = report(build, run);
  made_up.needed.resize(1);
  made_up.useful.erase(made_up.useful.begin(), made_up.useful.begin() + 4);
  made_up.useful.resize(1);
  made_up.running = {made_up.running[0], made_up.running[3]};
  const std::string expected = R"json({
  "bpfbuild": ")json" BPFBUILD_VERSION R"json(",
  "distribution": "Debian GNU/Linux 12",
  "can_build": false,
  "can_run": false,
  "needed": [
    {
      "name": "cmake",
      "version": "",
      "state": "missing",
      "found": "not in PATH; 3.22 or newer is needed",
      "what_to_do": "sudo apt install cmake",
      "package": "cmake"
    }
  ],
  "useful": [
    {
      "name": "qemu",
      "version": "",
      "state": "optional",
      "found": "for tests on other kernels",
      "what_to_do": "sudo apt install qemu-system-arm",
      "package": "qemu-system-arm"
    }
  ],
  "running": [
    {
      "name": "Linux",
      "version": "6.1.0-44-amd64",
      "state": "ok",
      "found": "x86_64",
      "what_to_do": "",
      "package": ""
    },
    {
      "name": "BTF",
      "version": "",
      "state": "missing",
      "found": "this kernel has none, for CO-RE and kernel types",
      "what_to_do": "boot a kernel with CONFIG_DEBUG_INFO_BTF, or see bpf_generate_min_btf()",
      "package": ""
    }
  ],
  "program_types": {
    "kprobe": true,
    "lirc_mode2": false,
    "xdp": true
  },
  "map_types": {
    "array": true,
    "hash": true
  },
  "helpers": {
    "map_lookup_elem": [
      "kprobe",
      "xdp"
    ],
    "snprintf_btf": []
  }
}
)json";
  CHECK(json(made_up) == expected);
}

TEST_CASE("a distribution that is not known gets the names of projects", "[doctor.report]") {
  const Distribution other("ID=slackware");
  BuildFacts facts = tools();
  facts.bpftool = {};
  const Report made_up{other.name(), doctor::judge_needed(facts, other), {}, {}, {}};
  const std::string shown = text(made_up, other, false);
  CHECK_THAT(shown,
             test::contains("missing   bpftool              not in PATH, /usr/sbin or /usr/lib/linux-tools; "
                            "5.13 or newer is needed\n"
                            "                                 -> install bpftool\n"));
  CHECK_THAT(shown, test::contains("-> install libbpf with its headers\n"));
  CHECK_THAT(shown, test::contains("\nObjects cannot be built here\nPrograms can be run here\n"));
}

TEST_CASE("states are coloured when they are to be", "[doctor.report]") {
  const Report made_up = report(tools(), kernel());
  const std::string shown = text(made_up, debian, true);
  CHECK_THAT(shown, test::contains("  \033[32mok      \033[0m  cmake 3.25.1 "));
  CHECK_THAT(shown, test::contains("  \033[31mmissing \033[0m  clang "));
  CHECK_THAT(shown, test::contains("  \033[33moptional\033[0m  llvm-link, opt "));
}

TEST_CASE("a build takes one build tool, one compiler and a trial that succeeds", "[doctor.report]") {
  BuildFacts facts = tools();
  facts.clang = {"/usr/bin/clang", "14.0.6", {}};
  facts.libbpf_headers = "/usr/include";
  facts.libbpf_version = "1.1";
  facts.libbpf_library = "/usr/lib/libbpf.so";
  facts.trial = doctor::Trial{};
  CHECK(can_build(report(facts, kernel())));

  const auto shown = [&] { return text(report(facts, kernel()), debian, false); };
  facts.ninja = {};
  CHECK_THAT(shown(), test::contains("missing   ninja                 not in PATH, nor is make\n"));
  facts.make = {"/usr/bin/make", "4.3", {}};
  CHECK(can_build(report(facts, kernel())));
  CHECK_THAT(shown(), test::contains("ok        make 4.3 "));

  facts.cxx_compiler = {};
  CHECK_THAT(shown(), test::contains("missing   C or C++ compiler     not in PATH\n"));
  facts.c_compiler = {"/usr/bin/cc", "12.2.0", {}};
  CHECK(can_build(report(facts, kernel())));
  CHECK_THAT(shown(), test::contains("ok        C compiler 12.2.0     /usr/bin/cc, and none for C++\n"));

  facts.libbpf_version = "0.8";
  CHECK_THAT(shown(), test::contains("0.8 in '/usr/include' is too old; 1.1 or newer is needed\n"));
  facts.libbpf_version = "1.1";
  facts.libbpf_library.clear();
  CHECK_THAT(shown(), test::contains("its headers are in '/usr/include', but the library was not found\n"));
  facts.libbpf_library = "/usr/lib/libbpf.so";

  facts.trial = doctor::Trial{"compile a program", "'asm/types.h' file not found"};
  CHECK_FALSE(can_build(report(facts, kernel())));
  CHECK_THAT(shown(), test::contains("cannot compile a program: 'asm/types.h' file not found\n"));
  CHECK_THAT(shown(), test::contains("-> sudo apt install linux-libc-dev\n"));
  facts.trial = doctor::Trial{"compile a skeleton", "'errno.h' file not found"};
  CHECK_THAT(shown(), test::contains("-> sudo apt install g++\n"));
  facts.trial = doctor::Trial{"compile a skeleton", "no member named 'link' in 'struct bpf_map_skeleton'"};
  CHECK_THAT(shown(), test::contains("-> take a bpftool that is no newer than libbpf, or a newer libbpf\n"));
  facts.trial = doctor::Trial{"link an object", "Illegal instruction"};
  CHECK_THAT(shown(), test::contains(
                          "missing   trial                 cannot link an object: Illegal instruction\n\n"));
}
