/// Modules' BTF on that of their kernel: the first half word is the length of the kernel's.
#include "btf/join.hpp"

#include <vector>

#include "btf/parser.hpp"
#include "input.hpp"
#include "use.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bpfbuild;
  fuzz::Input input(data, size);
  const std::string base = fuzz::framed_btf(fuzz::Input(input.take(input.half_word())), false);
  const std::string first = fuzz::framed_btf(fuzz::Input(input.take(input.half_word())), true);
  const std::string second = fuzz::framed_btf(input, true);
  try {
    const btf::Sections kernel = btf::read_sections(test::bytes_of(base));
    std::vector<btf::Module> modules;
    for (const std::string& file : {first, second}) {
      modules.push_back({"module", btf::read_sections(test::bytes_of(file))});
      if (!modules.back().sections.is_split()) modules.pop_back();
    }
    fuzz::use(btf::parse(btf::join(kernel, modules)), select::Closure::value);
  } catch (const Error&) {
  }
  return 0;
}
