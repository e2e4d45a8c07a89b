
#include "doctor/building.hpp"
#include "doctor/programs.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::doctor {

namespace {

/// A finding of something that a package would bring.
Finding lacking(State state, std::string name, std::string found, const Distribution& distribution,
                Package package, std::string_view by_hand) {
  Finding finding{state, std::move(name), "", std::move(found), "", distribution.package(package)};
  finding.what_to_do =
      finding.package.empty() ? format("install {}", by_hand) : distribution.install(finding.package);
  return finding;
}

Finding there(std::string name, const Program& program) {
  return {State::ok, std::move(name), program.version, program.path, "", ""};
}

/// Why there is none, and which one is needed.
std::string why(const Program& program, std::string_view places, std::string_view minimum) {
  std::string text = program.rejected.empty() ? format("not in {}", places) : joined(program.rejected, "; ");
  if (!minimum.empty()) text += format("; {} or newer is needed", minimum);
  return text;
}

Finding judge_compiler(const BuildFacts& facts, const Distribution& distribution) {
  if (!facts.cxx_compiler.path.empty()) return there("C++ compiler", facts.cxx_compiler);
  if (!facts.c_compiler.path.empty()) {
    Finding finding = there("C compiler", facts.c_compiler);
    finding.found += ", and none for C++";
    return finding;
  }
  return lacking(State::missing, "C or C++ compiler", why(facts.cxx_compiler, "PATH", ""), distribution,
                 Package::compiler, "g++");
}

Finding judge_libbpf(const BuildFacts& facts, const Distribution& distribution) {
  const auto lacks = [&](std::string found) {
    return lacking(State::missing, "libbpf", std::move(found), distribution, Package::libbpf,
                   "libbpf with its headers");
  };
  const std::string needed = BPFBUILD_MINIMUM_LIBBPF " or newer is needed";
  if (facts.libbpf_headers.empty()) return lacks("its headers (bpf/bpf_helpers.h) were not found; " + needed);
  const std::string headers = facts.libbpf_headers;
  if (is_older(facts.libbpf_version, BPFBUILD_MINIMUM_LIBBPF))
    return lacks(format("{} in '{}' is too old; {}", facts.libbpf_version, headers, needed));
  if (facts.libbpf_library.empty())
    return lacks(format("its headers are in '{}', but the library was not found", headers));
  return {State::ok, "libbpf", facts.libbpf_version, format("{}, {}", headers, facts.libbpf_library.native()),
          "",        ""};
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Finding judge_trial(const BuildFacts& facts, const Distribution& distribution) {
  if (!facts.trial) return {State::unknown, "trial", "", "takes clang, bpftool and libbpf", "", ""};
  const Trial& trial = *facts.trial;
  if (trial.step.empty())
    return {State::ok, "trial", "", "a program was compiled, linked and given a skeleton", "", ""};
  std::string found = format("cannot {}: {}", trial.step, trial.error);
  if (contains(trial.error, "'linux/") || contains(trial.error, "'asm/"))
    return lacking(State::missing, "trial", std::move(found), distribution, Package::kernel_headers,
                   "the kernel's headers for user space");
  if (contains(trial.error, "file not found"))
    return lacking(State::missing, "trial", std::move(found), distribution, Package::compiler,
                   "the headers of the C library");
  std::string what_to_do;
  if (contains(trial.error, "no member named") || contains(trial.error, "undeclared"))
    what_to_do = "take a bpftool that is no newer than libbpf, or a newer libbpf";
  return {State::missing, "trial", "", std::move(found), what_to_do, ""};
}

Package qemu_package(const std::string& program) {
  if (program == "x86_64") return Package::qemu_x86;
  return program == "aarch64" ? Package::qemu_arm : Package::qemu;
}

}  // namespace

std::vector<Finding> judge_needed(const BuildFacts& facts, const Distribution& distribution) {
  std::vector<Finding> findings;
  const auto judge = [&](const std::string& name, const Program& program, std::string_view minimum,
                         Package package, std::string_view places) {
    findings.push_back(!program.path.empty() ? there(name, program)
                                             : lacking(State::missing, name, why(program, places, minimum),
                                                       distribution, package, name));
  };
  judge("cmake", facts.cmake, BPFBUILD_MINIMUM_CMAKE, Package::cmake, "PATH");
  if (facts.ninja.path.empty() && !facts.make.path.empty()) {
    findings.push_back(there("make", facts.make));
  } else {
    judge("ninja", facts.ninja, "", Package::ninja, "PATH, nor is make");
  }
  findings.push_back(judge_compiler(facts, distribution));
  judge("clang", facts.clang, BPFBUILD_MINIMUM_CLANG, Package::clang, "PATH");
  judge("bpftool", facts.bpftool, BPFBUILD_MINIMUM_BPFTOOL, Package::bpftool,
        "PATH, /usr/sbin or /usr/lib/linux-tools");
  if (!facts.bpftool.path.empty() && !facts.libbpf_of_bpftool.empty())
    findings.back().found += format(", with libbpf {}", facts.libbpf_of_bpftool);
  findings.push_back(judge_libbpf(facts, distribution));
  findings.push_back(judge_trial(facts, distribution));
  return findings;
}

std::vector<Finding> judge_useful(const BuildFacts& facts, const Distribution& distribution) {
  std::vector<Finding> findings;
  const auto judge = [&](bool is_there, std::string name, std::string version, std::string where,
                         std::string_view what_for, Package package) {
    findings.push_back(
        is_there ? Finding{State::ok, std::move(name), std::move(version), std::move(where), "", ""}
                 : lacking(State::optional, name, format("for {}", what_for), distribution, package, name));
  };
  const auto judge_program = [&](std::string name, const Program& program, std::string_view what_for,
                                 Package package) {
    judge(!program.path.empty(), std::move(name), program.version, program.path, what_for, package);
  };
  judge(!facts.llvm_link.path.empty() && !facts.opt.path.empty(), "llvm-link, opt", facts.opt.version,
        facts.opt.path.parent_path(), "objects that are optimised as a whole (INTERPROCEDURAL_OPTIMIZATION)",
        Package::llvm);
  judge(facts.has_libclang, "libclang", "", "beside clang", "bindings from programs (OBJECTS, SOURCES)",
        Package::libclang);
  judge(facts.has_libarchive, "libarchive", "", "libarchive.so.13", "compressed kernel images and modules",
        Package::libarchive);
  judge_program("pahole", facts.pahole, "kernels that have DWARF but no BTF", Package::pahole);
  judge_program("qemu", facts.qemu, "tests on other kernels", qemu_package(facts.machine));
  if (!facts.qemu.path.empty())
    findings.back().found += facts.has_kvm ? ", with /dev/kvm" : ", slow without access to /dev/kvm";
  judge_program("ccache", facts.ccache, "large builds (CMAKE_BPF_COMPILER_LAUNCHER=ccache)", Package::ccache);
  return findings;
}

}  // namespace bpfbuild::doctor
