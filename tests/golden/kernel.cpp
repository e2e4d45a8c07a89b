/// Writes every type of a kernel into one header, has clang compile it for BPF, and compares the BTF that
/// clang makes of it with the kernel's: sizes, the members and their offsets, bitfields, enumerators. Nothing
/// may differ and nothing may be missing. Then the same with every second field of each type, and with the
/// others.
///
/// The time that clang takes for the BTF of an object grows with the square of its types, so the header is
/// compiled for some hundreds of types at a time.
///
///   golden_kernel CLANG TARGET DIRECTORY [FILE...]
///
/// TARGET is bpf, bpfel or bpfeb; the files are a kernel and modules of it, by default the kernel that runs.
/// Ends with 77, which ctest takes for "skipped", where that shows no BTF.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "btf/sources.hpp"
#include "emit/header.hpp"
#include "layout_comparison.hpp"
#include "select/selection.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"

namespace {

using namespace bpfbuild;

constexpr int skipped = 77;

/// The even fields of a record, or the odd ones, of unnamed members too.
select::Fields half(const btf::TypeTable& types, btf::Type record, std::uint32_t parity) {
  select::Fields fields;
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    if (const auto inlined = select::inlined_record(types, record, i)) {
      select::Fields within = half(types, *inlined, parity);
      if (!within.chosen.empty()) fields.chosen[i] = std::move(within);
    } else if (i % 2 == parity) {
      fields.chosen[i] = select::Fields::whole();
    }
  }
  return fields;
}

class Kernel {
 public:
  Kernel(golden::Compiler compiler, std::filesystem::path directory,
         const std::vector<std::filesystem::path>& files)
      : compiler_(std::move(compiler)),
        header_(std::move(directory) / "all_types.h"),
        kernel_(btf::Sources(files).read()) {
    std::filesystem::create_directories(header_.parent_path());
  }

  /// Whether the header of these types compiles to what the kernel has.
  bool holds(const std::vector<select::Root>& roots, const std::string& what) {
    const select::Selection selection = select::close(kernel_.types, roots, select::Closure::value);
    const emit::Provenance provenance{{what}, {{"", "", kernel_.hash}}, "ctest -R kernel"};
    write_if_changed(header_, emit::header(emit::body(kernel_.types, selection), provenance, "all_types.h"));

    std::vector<golden::NamedType> types = golden::named_types(kernel_.types);
    for (golden::NamedType& named : types) named.fields = selection.fields_of(named.type.id());

    constexpr std::size_t types_at_a_time = 700;
    std::size_t wrong = 0;
    for (std::size_t first = 0; first < types.size(); first += types_at_a_time) {
      const std::size_t count = std::min(types_at_a_time, types.size() - first);
      wrong += golden::count_wrong(kernel_.types, std::span(types).subspan(first, count), compiler_, header_);
    }
    std::cout << format("{}: {} types, {} wrong or absent\n", what, types.size(), wrong);
    return wrong == 0 && !types.empty();
  }

  [[nodiscard]] std::vector<select::Root> whole() const { return select::every_type(kernel_.types); }

  [[nodiscard]] std::vector<select::Root> halves(std::uint32_t parity) const {
    std::vector<select::Root> roots = whole();
    for (select::Root& root : roots) {
      const btf::Type type = kernel_.types[root.type];
      if (!type.is_record()) continue;
      select::Fields fields = half(kernel_.types, type, parity);
      if (!fields.chosen.empty()) root.fields = std::move(fields);
    }
    return roots;
  }

 private:
  golden::Compiler compiler_;
  std::filesystem::path header_;
  btf::Kernel kernel_;
};

int run(const golden::Compiler& compiler, const std::filesystem::path& directory,
        const std::vector<std::filesystem::path>& files) {
  Kernel kernel(compiler, directory, files);
  const bool whole = kernel.holds(kernel.whole(), "whole");
  const bool even = kernel.holds(kernel.halves(0), "even fields");
  const bool odd = kernel.holds(kernel.halves(1), "odd fields");
  return whole && even && odd ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return EXIT_FAILURE;
  const std::vector<std::filesystem::path> files(argv + 4, argv + argc);
  if (files.empty() && ::access(btf::running_kernel, R_OK) != 0) {
    std::cout << format("skipped: {} cannot be read\n", btf::running_kernel);
    return skipped;
  }
  try {
    return run({argv[1], argv[2]}, argv[3], files);
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
