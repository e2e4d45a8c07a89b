/// The reader of CO-RE relocations, what resolves them, and what follows the code: an object of hostile
/// types, relocations and instructions, on a kernel of hostile types.
///
/// The program, the function that it calls, the types of the object and of the kernel, each with its length
/// in front; then .BTF.ext.
#include "compat/compat.hpp"

#include "btf/parser.hpp"
#include "input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bpfbuild;
  fuzz::Input input(data, size);
  const auto part = [&] { return input.take(input.half_word()); };
  const auto code = [&] {
    const Bytes bytes = test::bytes_of(part());
    return std::vector<std::byte>(bytes.view.begin(), bytes.view.end());
  };
  object::Object object;
  object.sections = {
      {"", false}, {"xdp", true, code()}, {".text", true, code()}, {".rodata", false, {8, std::byte{1}}}};
  object.symbols = {{},
                    {"program", 1, 0, true, true, false, false, object.sections[1].bytes.size()},
                    {"function", 2, 0, true, false, false, false, object.sections[2].bytes.size()},
                    {"constant", 3, 0, false, true},
                    {"outside", 0, 0, false, true, true}};
  for (std::size_t i = 0; i < object.sections[1].bytes.size() / 8; ++i) {
    // Every other instruction needs one of the symbols.
    if (i % 2 == 0) object.references.push_back({2 + i / 2 % 3, 1, i * 8});
  }
  try {
    object.types = btf::parse(test::bytes_of(fuzz::framed_btf(fuzz::Input(part()), false)));
    const btf::TypeTable types = btf::parse(test::bytes_of(fuzz::framed_btf(fuzz::Input(part()), false)));
    const btf::Kernel kernel{types, types.id_count() / 2, "6.1.0", 0};
    object.btf_ext = test::bytes_of(input.rest());
    static_cast<void>(compat::Candidate(std::move(object)).check(kernel));
  } catch (const Error&) {
  }
  return 0;
}
