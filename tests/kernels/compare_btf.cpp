/// `compare_btf KERNEL BTF`: whether BTF that was made of a header of all types has them as the kernel has
/// them. Those that share their name with others are left out: whose flavour is whose is for each generator
/// to say. Prints what differs. Ends with 1 when something does.
#include <cstdlib>
#include <iostream>
#include <map>

#include "btf/sources.hpp"
#include "layout_comparison.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace {

using namespace bpfbuild;

std::vector<golden::NamedType> types_of_one_name(const btf::TypeTable& types) {
  std::vector<golden::NamedType> all = golden::named_types(types);
  std::map<std::string_view, int> uses;
  for (const golden::NamedType& named : all) ++uses[named.type.name()];
  std::erase_if(all, [&](const golden::NamedType& named) { return uses[named.type.name()] > 1; });
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  try {
    const btf::TypeTable kernel = btf::Sources({argv[1]}).read().types;
    const btf::TypeTable other = btf::Sources({argv[2]}).read().types;
    const std::vector<golden::NamedType> types = types_of_one_name(kernel);
    const std::size_t differing = golden::count_differing(kernel, types, other);
    std::cout << format("{} types, {} wrong or absent\n", types.size(), differing);
    return differing == 0 && !types.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
