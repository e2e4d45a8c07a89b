/// Type specifications, and what they mean in a small kernel.
#include "select/spec.hpp"

#include "btf/parser.hpp"
#include "input.hpp"
#include "seeds.hpp"
#include "select/lookup.hpp"
#include "use.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bpfbuild;
  static const btf::TypeTable types = btf::parse(fuzz::kernel().bytes());
  try {
    const auto spec = select::parse_type_spec(fuzz::Input(data, size).rest());
    fuzz::use(types, select::look_up(types, spec, "kernel"), select::Closure::value);
  } catch (const Error&) {
  }
  return 0;
}
