/// One golden test: the header that is generated from the BTF of `input.c` must be the approved one, byte by
/// byte, and clang must give every type in it the layout that it has in `input.c`.
///
///   golden_case CLANG CASE-DIRECTORY WORKING-DIRECTORY
///
/// A case is a directory with `input.c`; `request`, on each line a type specification, `--kfunc NAME`, or
/// `--tracepoint SPEC` for format files in `events`; and `expected.h`. With BPFBUILD_APPROVE=1 in the
/// environment expected.h is written instead of compared with. The hash of the BTF is left out, since each
/// version of clang writes another one.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "btf/file.hpp"
#include "btf/parser.hpp"
#include "commands/tracepoints.hpp"
#include "emit/header.hpp"
#include "emit/records.hpp"
#include "layout_comparison.hpp"
#include "select/kfuncs.hpp"
#include "select/lookup.hpp"
#include "select/selection.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"

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
  const auto add = [&](const std::vector<select::Root>& found) {
    roots.insert(roots.end(), found.begin(), found.end());
  };
  std::vector<std::string> events;
  for (std::string line : lines_of(directory / "request")) {
    const auto take = [&](std::string_view option) {
      if (line.substr(0, option.size()) != option) return false;
      provenance.request.emplace_back(option);
      line.erase(0, option.size() + 1);
      return true;
    };
    if (take("--kfunc")) {
      add(select::look_up_kfuncs(types, line, "input.o"));
    } else if (take("--tracepoint")) {
      events.push_back(line);
    } else {
      add(select::look_up(types, select::parse_type_spec(line), "input.o"));
    }
    provenance.request.push_back(line);
  }
  const commands::Tracepoints tracepoints(events, directory / "events");
  const std::vector<select::Record> records = tracepoints.records(types, roots);
  const select::Selection selection = select::close(types, roots, select::Closure::value);
  emit::Names names(types);
  const std::string body = emit::body(types, selection, names);
  std::string text_of_records;
  emit::append_records(text_of_records, types, records, tracepoints.source(), names);
  const std::string header = emit::header(body, provenance, "expected.h", text_of_records);
  write_if_changed(work / "actual.h", header);

  const std::size_t wrong =
      golden::count_wrong(types, comparable_types(types, selection), {clang}, work / "actual.h");
  if (wrong != 0) return EXIT_FAILURE;
  if (std::getenv("BPFBUILD_APPROVE") != nullptr) write_if_changed(directory / "expected.h", header);
  if (contents_of(directory / "expected.h") == header) return EXIT_SUCCESS;
  std::cout << format("{} differs from the approved {}\n", (work / "actual.h").native(),
                      (directory / "expected.h").native());
  return EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return EXIT_FAILURE;
  try {
    return run(argv[1], argv[2], argv[3]);
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
