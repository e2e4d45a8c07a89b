/// One golden test: the header that is generated from the BTF of `input.c` must be the approved one, byte by
/// byte, and clang must give every type in it the layout that it has in `input.c`.
///
///   golden_case CLANG CASE-DIRECTORY WORKING-DIRECTORY
///
/// A case is a directory with `input.c`; `request`, a type specification or `--kfunc NAME` on each line; and
/// `expected.h`. With BPFBUILD_APPROVE=1 in the environment expected.h is written instead of compared with.
/// The hash of the BTF is left out, since each version of clang writes another one.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "btf/file.hpp"
#include "btf/parser.hpp"
#include "emit/header.hpp"
#include "layout_comparison.hpp"
#include "select/kfuncs.hpp"
#include "select/lookup.hpp"
#include "select/selection.hpp"
#include "support/error.hpp"
#include "support/file.hpp"

namespace {

using namespace bpfbuild;
namespace fs = std::filesystem;

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::string contents_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// The types that the header defines, and by a name that only one type has.
std::vector<golden::NamedType> comparable_types(const btf::TypeTable& types,
                                                const select::Selection& selection) {
  const std::vector<golden::NamedType> all = golden::named_types(types);
  std::map<std::string_view, int> uses;
  for (const golden::NamedType& named : all) ++uses[named.type.name()];
  std::vector<golden::NamedType> comparable;
  for (const golden::NamedType& named : all) {
    const btf::TypeId id = named.type.id();
    if (uses[named.type.name()] == 1 && selection.defines(id))
      comparable.push_back({named.type, named.name, selection.fields_of(id)});
  }
  return comparable;
}

int run(const std::string& clang, const fs::path& directory, const fs::path& work) {
  fs::create_directories(work);
  if (!golden::compile({clang}, directory / "input.c", work / "input.o")) return EXIT_FAILURE;
  const btf::TypeTable types = btf::parse(btf::read(btf::open(work / "input.o")).btf);

  emit::Provenance provenance{{}, {{"", "", 0}}, "BPFBUILD_APPROVE=1 ctest -L golden"};
  std::vector<select::Root> roots;
  for (const std::string& line : lines_of(directory / "request")) {
    constexpr std::string_view kfunc = "--kfunc ";
    const bool is_kfunc = line.substr(0, kfunc.size()) == kfunc;
    const std::string name = is_kfunc ? line.substr(kfunc.size()) : line;
    if (is_kfunc) provenance.request.emplace_back("--kfunc");
    provenance.request.push_back(name);
    for (const select::Root& root : is_kfunc
                                        ? select::look_up_kfuncs(types, name, "input.o")
                                        : select::look_up(types, select::parse_type_spec(name), "input.o")) {
      roots.push_back(root);
    }
  }
  const select::Selection selection = select::close(types, roots, select::Closure::value);
  const std::string header = emit::header(emit::body(types, selection), provenance, "expected.h");
  write_if_changed(work / "actual.h", header);

  const std::size_t wrong =
      golden::count_wrong(types, comparable_types(types, selection), {clang}, work / "actual.h");
  if (wrong != 0) return EXIT_FAILURE;
  if (std::getenv("BPFBUILD_APPROVE") != nullptr) write_if_changed(directory / "expected.h", header);
  if (contents_of(directory / "expected.h") == header) return EXIT_SUCCESS;
  fmt::print("{} differs from the approved {}\n", (work / "actual.h").native(),
             (directory / "expected.h").native());
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return EXIT_FAILURE;
  try {
    return run(argv[1], argv[2], argv[3]);
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return EXIT_FAILURE;
  }
}
