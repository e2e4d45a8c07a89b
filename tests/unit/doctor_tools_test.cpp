/// A machine in a directory, with programs that are scripts.
#include <filesystem>

#include "catch.hpp"
#include "doctor/building.hpp"
#include "doctor/programs.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using doctor::BuildFacts;
using doctor::find_tools;
using doctor::Places;

namespace {

namespace fs = std::filesystem;

class FakeMachine : public test::TemporaryDirectory {
 public:
  FakeMachine() {
    places_.root = path();
    places_.path = {path() / "usr/bin"};
    places_.machine = "x86_64";
  }

  Places& places() { return places_; }

  fs::path add(const fs::path& name, std::string_view contents) {
    fs::create_directories((path() / name).parent_path());
    return file(name, contents);
  }

  fs::path program(const fs::path& name, const std::string& script) {
    const fs::path added = add(name, "#!/bin/sh\n" + script + "\n");
    fs::permissions(added, fs::perms::owner_all);
    return added;
  }

  std::string at(const std::string& name) const { return "'" + (path() / name).native() + "'"; }

  BuildFacts find() const { return find_tools(places_); }

  /// clang that says it is, and compiles everything.
  fs::path clang(const fs::path& name, const std::string& version) {
    return program(name, "[ \"$1\" != --version ] || echo 'Debian clang version " + version + "'");
  }

  /// What a build needs, but a compiler and libbpf.
  void bpftool(const fs::path& name, const std::string& version) {
    program(name, R"(case "$1 $2" in
  "version ") echo ')" +
                      (path() / name).native() + " v" + version +
                      R"('; echo "using libbpf v1.4" ;;
  *) echo "$*" ;;
esac)");
  }

  void libbpf(const std::string& major, const std::string& minor) {
    add("usr/include/bpf/bpf_helpers.h", "");
    add("usr/include/bpf/libbpf_version.h",
        "#define LIBBPF_MAJOR_VERSION " + major + "\n#define LIBBPF_MINOR_VERSION " + minor + "\n");
  }

 private:
  Places places_;
};

}  // namespace

TEST_CASE("on an empty machine nothing is found", "[doctor.tools]") {
  const BuildFacts facts = FakeMachine().find();
  for (const doctor::Program* program :
       {&facts.cmake, &facts.ninja, &facts.make, &facts.cxx_compiler, &facts.c_compiler, &facts.clang,
        &facts.bpftool, &facts.llvm_link, &facts.opt, &facts.pahole, &facts.qemu, &facts.ccache}) {
    CHECK(program->path.empty());
    CHECK(program->rejected.empty());
  }
  CHECK(facts.libbpf_headers.empty());
  CHECK(facts.libbpf_library.empty());
  CHECK_FALSE(facts.trial);
  CHECK_FALSE(facts.has_libclang);
  CHECK_FALSE(facts.has_kvm);
}

TEST_CASE("programs tell their versions in words of their own", "[doctor.tools]") {
  CHECK(doctor::first_version("cmake version 3.25.1\n") == "3.25.1");
  CHECK(doctor::first_version("c++ (Debian 12.2.0-14+deb12u1) 12.2.0") == "12.2.0");
  CHECK(doctor::first_version("bpftool v7.1.0\nusing libbpf v1.1\n") == "7.1.0");
  CHECK(doctor::first_version("Copyright 2024. Version 2.") == "");
  CHECK(doctor::first_version("") == "");
  CHECK(doctor::is_older("5.9.0", "5.13"));
  CHECK_FALSE(doctor::is_older("5.13", "5.13"));
  CHECK_FALSE(doctor::is_older("14.0.6", "12"));
  CHECK(doctor::is_older("9.0.1", "12"));
}

TEST_CASE("a program that cannot be used gives way to one that can", "[doctor.tools]") {
  FakeMachine machine;
  machine.places().path = {machine.path() / "opt", machine.path() / "usr/bin"};
  machine.program("opt/cmake", "echo cmake version 3.10.2");
  machine.program("opt/ninja", "exit 1");
  machine.program("opt/make", "echo make");
  machine.add("opt/ccache", "not executable");
  const BuildFacts rejected = machine.find();
  CHECK(rejected.cmake.path.empty());
  CHECK(rejected.cmake.rejected == std::vector{"cmake 3.10.2 at " + machine.at("opt/cmake") + " is too old"});
  CHECK(rejected.ninja.rejected == std::vector{machine.at("opt/ninja") + " does not run"});
  CHECK(rejected.make.rejected == std::vector{machine.at("opt/make") + " does not tell its version"});
  CHECK(rejected.ccache.rejected.empty());

  const fs::path cmake = machine.program("usr/bin/cmake", "echo cmake version 3.22.0");
  const fs::path ninja = machine.program("usr/bin/ninja-build", "echo 1.11.1");
  const BuildFacts found = machine.find();
  CHECK(found.cmake.path == cmake);
  CHECK(found.cmake.version == "3.22.0");
  CHECK(found.ninja.path == ninja);
}

TEST_CASE("clang is the newest that can compile for BPF", "[doctor.tools]") {
  FakeMachine machine;
  machine.program("usr/bin/clang", "echo gcc 12.2.0");
  machine.clang("usr/bin/clang-12", "9.0.1");
  machine.program("usr/bin/clang-16", "[ \"$1\" = --version ] && echo 'Apple clang version 16.0.0'");
  const BuildFacts rejected = machine.find();
  CHECK(rejected.clang.path.empty());
  CHECK(rejected.clang.rejected ==
        std::vector{machine.at("usr/bin/clang") + " is not clang",
                    "clang 16.0.0 at " + machine.at("usr/bin/clang-16") + " has no BPF backend",
                    "clang 9.0.1 at " + machine.at("usr/bin/clang-12") + " is too old"});

  machine.clang("usr/bin/clang-14", "14.0.6");
  machine.clang("usr/bin/clang-15", "15.0.7");
  CHECK(machine.find().clang.version == "15.0.7");
  machine.places().clang = "clang-14";
  CHECK(machine.find().clang.version == "14.0.6");
  machine.places().clang = "/no/such/clang";
  CHECK(machine.find().clang.rejected ==
        std::vector<std::string>{"BPFCC in the environment is '/no/such/clang', which is not there"});
}

TEST_CASE("bpftool is found where distributions hide it", "[doctor.tools]") {
  FakeMachine machine;
  machine.bpftool("usr/bin/bpftool", "5.9.0");
  machine.program("usr/sbin/bpftool", "echo 'WARNING: bpftool not found for kernel 6.18.0' >&2; exit 2");
  fs::create_symlink(machine.path() / "usr/sbin", machine.path() / "sbin");
  const BuildFacts rejected = machine.find();
  CHECK(rejected.bpftool.rejected ==
        std::vector{"bpftool 5.9.0 at " + machine.at("usr/bin/bpftool") + " is too old",
                    machine.at("usr/sbin/bpftool") + " does not run"});

  machine.bpftool("usr/lib/linux-tools-6.8.0-9/bpftool", "7.4.0");
  CHECK(machine.find().bpftool.version == "7.4.0");
  machine.bpftool("usr/lib/linux-tools/6.8.0-10-generic/bpftool", "7.5.0");
  machine.bpftool("usr/lib/linux-tools/6.8.0-9-generic/bpftool", "7.3.0");
  const BuildFacts found = machine.find();
  CHECK(found.bpftool.version == "7.5.0");
  CHECK(found.libbpf_of_bpftool == "1.4");
}

TEST_CASE("libbpf is found in prefixes and in the system, whatever the layout", "[doctor.tools]") {
  FakeMachine machine;
  machine.libbpf("1", "3");
  BuildFacts facts = machine.find();
  CHECK(facts.libbpf_headers == machine.path() / "usr/include");
  CHECK(facts.libbpf_version == "1.3");
  CHECK(facts.libbpf_library.empty());
  for (const char* library :
       {"usr/lib/libbpf.a", "usr/lib64/libbpf.so", "usr/lib/x86_64-linux-gnu/libbpf.so"}) {
    const fs::path added = machine.add(library, "");
    CHECK(machine.find().libbpf_library == added);
  }

  machine.places().prefixes = {machine.path() / "opt"};
  machine.add("opt/include/bpf/bpf_helpers.h", "");
  facts = machine.find();
  CHECK(facts.libbpf_headers == machine.path() / "opt/include");
  CHECK(facts.libbpf_version == "0");
  machine.add("opt/include/bpf/libbpf_version.h", "");
  CHECK(machine.find().libbpf_version == "0.0");
}

TEST_CASE("a trial tells at which step the tools do not go together", "[doctor.tools]") {
  FakeMachine machine;
  machine.libbpf("1", "3");
  machine.bpftool("usr/bin/bpftool", "7.3.0");
  machine.clang("usr/bin/clang", "14.0.6");
  REQUIRE(machine.find().trial);
  CHECK(machine.find().trial->step.empty());

  machine.program("usr/bin/clang", R"(case "$*" in
  --version) echo 'clang version 14.0.6' ;;
  *-fsyntax-only*) echo "trial.skel.h:9:3: error: no member named 'link'"; exit 1 ;;
esac)");
  CHECK(machine.find().trial->step == "compile a skeleton");
  CHECK(machine.find().trial->error == "no member named 'link'");

  machine.program("usr/bin/bpftool", R"(case "$*" in
  version) echo 'bpftool v7.3.0' ;;
  *skeleton*) echo 'Error: no skeleton' >&2; exit 255 ;;
esac)");
  CHECK(machine.find().trial->step == "write a skeleton");
  CHECK(machine.find().trial->error == "Error: no skeleton");

  machine.program("usr/bin/bpftool", "[ \"$1\" = version ] && echo 'bpftool v7.3.0'");
  CHECK(machine.find().trial->step == "link an object");

  machine.program("usr/bin/clang", R"(case "$*" in
  --version) echo 'clang version 14.0.6' ;;
  *trial.bpf.c*) echo "In file included"; echo "types.h:5:10: fatal error: 'asm/types.h' file not found"; exit 1 ;;
esac)");
  CHECK(machine.find().trial->step == "compile a program");
  CHECK(machine.find().trial->error == "'asm/types.h' file not found");
}

TEST_CASE("llvm-link and opt are those of clang", "[doctor.tools]") {
  FakeMachine machine;
  machine.program("usr/lib/llvm-15/bin/clang", R"(case "$1" in
  --version) echo 'clang version 15.0.7' ;;
  -print-prog-name=opt) echo ')" + (machine.path() / "usr/lib/llvm-15/bin/opt").native() +
                                                   R"(' ;;
  -print-prog-name=*) echo "${1#*=}" ;;
esac)");
  fs::create_directories(machine.path() / "usr/bin");
  fs::create_symlink(machine.path() / "usr/lib/llvm-15/bin/clang", machine.path() / "usr/bin/clang");
  machine.program("usr/bin/opt", "echo LLVM version 14.0.6");
  CHECK(machine.find().opt.path.empty());
  machine.program("usr/lib/llvm-15/bin/opt", "echo LLVM version 15.0.7");
  machine.program("usr/lib/llvm-15/bin/llvm-link", "echo LLVM version 15.0.7");
  CHECK(machine.find().opt.version == "15.0.7");
  CHECK(machine.find().llvm_link.version == "15.0.7");
}
