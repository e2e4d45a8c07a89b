#include "doctor/trial.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "doctor/programs.hpp"
#include "support/file.hpp"
#include "support/temporary_directory.hpp"

namespace bpfbuild::doctor {

namespace {

namespace fs = std::filesystem;

/// With what most programs have: headers of the kernel and of libbpf, a map and a variable.
constexpr std::string_view program = R"(#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} counts SEC(".maps");
int answer = 0;
SEC("socket")
int count(void *context) {
  __u32 key = 0;
  __u64 *value = bpf_map_lookup_elem(&counts, &key);
  if (value) ++*value;
  return answer;
}
char LICENSE[] SEC("license") = "GPL";
)";

/// The first line that tells of an error, from the word on; else the first line.
std::string first_error(const std::string& text) {
  const std::size_t error = text.find("error: ");
  const std::size_t start = error == std::string::npos ? 0 : error + 7;
  return text.substr(start, text.find('\n', start) - start);
}

/// Where Debian and others have <asm/types.h>, which clang does not look for when it compiles for BPF.
std::vector<std::string> asm_directory(const Places& places) {
  const fs::path directory = places.at("/usr/include") / (places.machine + "-linux-gnu");
  std::error_code none;
  if (!fs::is_directory(directory, none)) return {};
  return {"-idirafter", directory.native()};
}

}  // namespace

std::optional<Trial> try_to_build(const Places& places, const BuildFacts& facts) {
  if (facts.clang.path.empty() || facts.bpftool.path.empty() || facts.libbpf_headers.empty()) return {};
  const TemporaryDirectory directory;
  const auto file = [&](std::string_view name) { return directory.file(name).native(); };
  const std::string clang = facts.clang.path, bpftool = facts.bpftool.path;
  const std::string include = "-I" + facts.libbpf_headers.native();
  write_if_changed(directory.file("trial.bpf.c"), program);

  std::vector<std::string> compile = {clang, "--target=bpf", "-g", "-O2", "-mcpu=v3", include, "-c"};
  compile.insert(compile.end(), {file("trial.bpf.c"), "-o", file("compiled.o")});
  const std::vector<std::string> headers = asm_directory(places);
  compile.insert(compile.end(), headers.begin(), headers.end());
  const std::optional<Output> compiled = output_of(compile);
  if (!compiled || compiled->exit_code != 0)
    return Trial{"compile a program", first_error(compiled ? compiled->text : "")};

  const std::optional<Output> linked =
      output_of({bpftool, "gen", "object", file("trial.bpf.o"), file("compiled.o")});
  if (!linked || linked->exit_code != 0)
    return Trial{"link an object", first_error(linked ? linked->text : "")};

  const std::optional<Output> skeleton =
      output_of({"sh", "-c", "exec \"$0\" gen skeleton \"$1\" name trial >\"$2\"", bpftool,
                 file("trial.bpf.o"), file("trial.skel.h")});
  if (!skeleton || skeleton->exit_code != 0)
    return Trial{"write a skeleton", first_error(skeleton ? skeleton->text : "")};

  const std::optional<Output> used = output_of(
      {clang, "-fsyntax-only", "-Werror=implicit-function-declaration", include, file("trial.skel.h")});
  if (!used || used->exit_code != 0) return Trial{"compile a skeleton", first_error(used ? used->text : "")};
  return Trial{};
}

}  // namespace bpfbuild::doctor
