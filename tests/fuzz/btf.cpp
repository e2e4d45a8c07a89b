/// The BTF parser, and all that follows for what it lets pass: every type is looked at and written.
///
/// The first byte: whether the header is given as well, and how far types are followed.
#include "btf/parser.hpp"
#include "input.hpp"
#include "use.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bpfbuild;
  fuzz::Input input(data, size);
  const std::uint8_t choice = input.byte();
  const bool with_header = (choice & 1) != 0;
  const std::string file = with_header ? std::string(input.rest()) : fuzz::framed_btf(input, false);
  try {
    fuzz::use(btf::parse(test::bytes_of(file)), static_cast<select::Closure>((choice >> 1) % 3));
  } catch (const Error&) {
  }
  return 0;
}
