/// Writes every type of the running kernel into one header, has clang compile it for BPF, and
/// compares the BTF that clang makes of it with the kernel's: sizes, the members and their offsets,
/// bitfields, enumerators. Nothing may differ and nothing may be missing.
///
/// The time that clang takes for the BTF of an object grows with the square of its types, so the header is
/// compiled for some hundreds of types at a time.
///
///   golden_running_kernel CLANG DIRECTORY
///
/// Ends with 77, which ctest takes for "skipped", where the kernel shows no BTF.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "btf/file.hpp"
#include "btf/parser.hpp"
#include "emit/header.hpp"
#include "layout_comparison.hpp"
#include "select/selection.hpp"
#include "support/error.hpp"
#include "support/file.hpp"

namespace {

using namespace bpfbuild;

constexpr int skipped = 77;

int run(const std::string& clang, const std::filesystem::path& directory) {
  const Bytes bytes = btf::read(btf::open(btf::running_kernel)).btf;
  const btf::TypeTable kernel = btf::parse(bytes);
  const std::vector<golden::NamedType> types = golden::named_types(kernel);
  const std::vector<select::Root> roots = select::every_type(kernel);

  std::filesystem::create_directories(directory);
  const emit::Provenance provenance{{"--full"}, {}, btf::hash(bytes), "ctest -R golden.running_kernel"};
  const std::filesystem::path header = directory / "all_types.h";
  write_if_changed(header, emit::header(kernel, select::close(kernel, roots, select::Closure::value),
                                        provenance, "all_types.h"));

  constexpr std::size_t types_at_a_time = 700;
  std::size_t wrong = 0;
  for (std::size_t first = 0; first < types.size(); first += types_at_a_time) {
    const std::size_t count = std::min(types_at_a_time, types.size() - first);
    wrong += golden::count_wrong(kernel, std::span(types).subspan(first, count), clang, header);
  }
  fmt::print("{} types, {} wrong or absent\n", types.size(), wrong);
  return wrong == 0 && !types.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  if (::access(btf::running_kernel, R_OK) != 0) {
    fmt::print("skipped: {} cannot be read\n", btf::running_kernel);
    return skipped;
  }
  try {
    return run(argv[1], argv[2]);
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return EXIT_FAILURE;
  }
}
