/// Writes every type of the running kernel into one header, has clang compile it for BPF, and
/// compares the BTF that clang makes of it with the kernel's: sizes, the members and their offsets,
/// bitfields, enumerators. Nothing may differ and nothing may be missing. Then the same with every second
/// field of each type, and with the others.
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

class RunningKernel {
 public:
  RunningKernel(std::string clang, std::filesystem::path directory)
      : clang_(std::move(clang)),
        header_(std::move(directory) / "all_types.h"),
        bytes_(btf::read(btf::open(btf::running_kernel)).btf),
        types_(btf::parse(bytes_)) {
    std::filesystem::create_directories(header_.parent_path());
  }

  /// Whether the header of these types compiles to what the kernel has.
  bool holds(const std::vector<select::Root>& roots, const std::string& what) {
    const select::Selection selection = select::close(types_, roots, select::Closure::value);
    const emit::Provenance provenance{
        {what}, {{"", "", btf::hash(bytes_)}}, "ctest -R golden.running_kernel"};
    write_if_changed(header_, emit::header(emit::body(types_, selection), provenance, "all_types.h"));

    std::vector<golden::NamedType> types = golden::named_types(types_);
    for (golden::NamedType& named : types) named.fields = selection.fields_of(named.type.id());

    constexpr std::size_t types_at_a_time = 700;
    std::size_t wrong = 0;
    for (std::size_t first = 0; first < types.size(); first += types_at_a_time) {
      const std::size_t count = std::min(types_at_a_time, types.size() - first);
      wrong += golden::count_wrong(types_, std::span(types).subspan(first, count), clang_, header_);
    }
    fmt::print("{}: {} types, {} wrong or absent\n", what, types.size(), wrong);
    return wrong == 0 && !types.empty();
  }

  [[nodiscard]] std::vector<select::Root> whole() const { return select::every_type(types_); }

  [[nodiscard]] std::vector<select::Root> halves(std::uint32_t parity) const {
    std::vector<select::Root> roots = whole();
    for (select::Root& root : roots) {
      const btf::Type type = types_[root.type];
      if (!type.is_record()) continue;
      select::Fields fields = half(types_, type, parity);
      if (!fields.chosen.empty()) root.fields = std::move(fields);
    }
    return roots;
  }

 private:
  std::string clang_;
  std::filesystem::path header_;
  Bytes bytes_;
  btf::TypeTable types_;
};

int run(const std::string& clang, const std::filesystem::path& directory) {
  RunningKernel kernel(clang, directory);
  const bool whole = kernel.holds(kernel.whole(), "whole");
  const bool even = kernel.holds(kernel.halves(0), "even fields");
  const bool odd = kernel.holds(kernel.halves(1), "odd fields");
  return whole && even && odd ? EXIT_SUCCESS : EXIT_FAILURE;
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
