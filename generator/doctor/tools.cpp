#include <unistd.h>

#include <algorithm>

#include "doctor/building.hpp"
#include "doctor/programs.hpp"
#include "doctor/trial.hpp"
#include "support/compression.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "usage/libclang.hpp"

namespace bpfbuild::doctor {

namespace {

namespace fs = std::filesystem;

std::string check_clang(Program& program) {
  const std::string path = program.path.native();
  const std::optional<Output> output = output_of({path, "--version"});
  if (!output || output->text.find("clang version") == std::string::npos)
    return format("'{}' is not clang", path);
  program.version = first_version(output->text);
  if (is_older(program.version, BPFBUILD_MINIMUM_CLANG))
    return format("clang {} at '{}' is too old", program.version, path);
  const std::optional<Output> compilation =
      output_of({path, "--target=bpfel", "-x", "c", "-c", "/dev/null", "-o", "/dev/null"});
  if (!compilation || compilation->exit_code != 0)
    return format("clang {} at '{}' has no BPF backend", program.version, path);
  return "";
}

/// clang and what is beside it under a name with its version, the newest first.
std::vector<std::string> versioned(const std::string& name) {
  constexpr int newest = 30, oldest = 12;
  std::vector<std::string> names = {name};
  for (int version = newest; version >= oldest; --version) names.push_back(format("{}-{}", name, version));
  return names;
}

Program find_bpftool(const Places& places, std::string& libbpf) {
  std::vector<std::string> names = {"bpftool"};
  for (const char* path : {"/usr/local/sbin/bpftool", "/usr/sbin/bpftool", "/sbin/bpftool"})
    names.push_back(places.at(path));
  // Ubuntu's /usr/sbin/bpftool is a script that fails unless tools for the running kernel are installed.
  std::vector<std::string> of_kernels;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(places.at("/usr/lib"), none)) {
    if (entry.path().filename().native().starts_with("linux-tools-"))
      of_kernels.push_back(entry.path() / "bpftool");
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(places.at("/usr/lib/linux-tools"), none))
    of_kernels.push_back(entry.path() / "bpftool");
  std::sort(of_kernels.begin(), of_kernels.end(),
            [](const std::string& a, const std::string& b) { return is_older(b, a); });
  names.insert(names.end(), of_kernels.begin(), of_kernels.end());
  return find_program(places, names, [&](Program& program) -> std::string {
    const std::string path = program.path.native();
    const std::optional<Output> output = output_of({path, "version"});
    const std::size_t name = output ? output->text.find("bpftool v") : std::string::npos;
    if (name == std::string::npos || output->exit_code != 0) return format("'{}' does not run", path);
    program.version = first_version(output->text.substr(name));
    if (is_older(program.version, BPFBUILD_MINIMUM_BPFTOOL))
      return format("bpftool {} at '{}' is too old", program.version, path);
    const std::size_t library = output->text.find("libbpf v");
    libbpf = library == std::string::npos ? "" : first_version(output->text.substr(library));
    return "";
  });
}

std::string libbpf_version(const fs::path& headers) {
  std::error_code none;
  if (!fs::exists(headers / "bpf/libbpf_version.h", none)) return "0";
  const Bytes bytes = InputFile(headers / "bpf/libbpf_version.h").read();
  const std::string text(reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size());
  const auto number = [&](const std::string& macro) {
    const std::size_t start = text.find("#define LIBBPF_" + macro + "_VERSION ");
    if (start == std::string::npos) return std::string("0");
    const std::size_t digit = text.find_first_of("0123456789", start);
    return text.substr(digit, text.find_first_not_of("0123456789", digit) - digit);
  };
  return number("MAJOR") + "." + number("MINOR");
}

void find_libbpf(const Places& places, BuildFacts& facts) {
  std::vector<fs::path> prefixes = places.prefixes;
  prefixes.push_back(places.at("/usr/local"));
  prefixes.push_back(places.at("/usr"));
  std::error_code none;
  for (const fs::path& prefix : prefixes) {
    if (facts.libbpf_headers.empty() && fs::exists(prefix / "include/bpf/bpf_helpers.h", none))
      facts.libbpf_headers = prefix / "include";
    for (const std::string& folder :
         {"lib/" + places.machine + "-linux-gnu", std::string("lib64"), std::string("lib")}) {
      for (const char* name : {"libbpf.so", "libbpf.a"}) {
        if (facts.libbpf_library.empty() && fs::exists(prefix / folder / name, none))
          facts.libbpf_library = prefix / folder / name;
      }
    }
  }
  if (!facts.libbpf_headers.empty()) facts.libbpf_version = libbpf_version(facts.libbpf_headers);
}

/// llvm-link or opt of clang's version, which alone reads its bitcode.
Program find_llvm_program(const Places& places, const Program& clang, const std::string& name) {
  if (clang.path.empty()) return {};
  std::vector<std::string> paths;
  if (const auto output = output_of({clang.path.native(), "-print-prog-name=" + name}))
    paths.push_back(output->text.substr(0, output->text.find('\n')));
  std::error_code none;
  paths.push_back(fs::canonical(clang.path, none).parent_path() / name);
  std::erase_if(paths, [](const std::string& path) { return !path.starts_with('/'); });
  return find_program(places, paths, has_version());
}

bool has_libclang(const Program& clang) {
  if (clang.path.empty()) return false;
  const auto output = output_of({clang.path.native(), "-print-resource-dir"});
  if (!output || output->exit_code != 0) return false;
  const fs::path resources = output->text.substr(0, output->text.find('\n'));
  try {
    const usage::LibClang library(resources);
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::string qemu_name(const std::string& machine) {
  return "qemu-system-" + (machine.starts_with("ppc64") ? "ppc64" : machine);
}

}  // namespace

BuildFacts find_tools(const Places& places) {
  BuildFacts facts;
  facts.machine = places.machine;
  facts.cmake = find_program(places, {"cmake"}, has_version(BPFBUILD_MINIMUM_CMAKE));
  facts.ninja = find_program(places, {"ninja", "ninja-build"}, has_version());
  facts.make = find_program(places, {"make"}, has_version());
  facts.cxx_compiler = find_program(places, {"c++", "g++", "clang++"}, has_version());
  facts.c_compiler = find_program(places, {"cc", "gcc", "clang"}, has_version());
  facts.clang = find_program(places, places.clang.empty() ? versioned("clang") : std::vector{places.clang},
                             check_clang);
  if (facts.clang.path.empty() && facts.clang.rejected.empty() && !places.clang.empty())
    facts.clang.rejected.push_back(
        format("BPFCC in the environment is '{}', which is not there", places.clang));
  facts.bpftool = find_bpftool(places, facts.libbpf_of_bpftool);
  find_libbpf(places, facts);
  facts.trial = try_to_build(places, facts);

  facts.llvm_link = find_llvm_program(places, facts.clang, "llvm-link");
  facts.opt = find_llvm_program(places, facts.clang, "opt");
  facts.has_libclang = has_libclang(facts.clang);
  facts.has_libarchive = can_decompress();
  facts.pahole = find_program(places, {"pahole"}, has_version());
  facts.ccache = find_program(places, {"ccache"}, has_version());
  facts.qemu = find_program(places, {qemu_name(places.machine)}, has_version());
  facts.has_kvm = ::access(places.at("/dev/kvm").c_str(), R_OK | W_OK) == 0;
  return facts;
}

}  // namespace bpfbuild::doctor
