/// The search for BTF in kernel images, and their decompressor.
#include "btf/image.hpp"

#include "btf/file.hpp"
#include "input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bpfbuild;
  const Bytes file = test::bytes_of(fuzz::Input(data, size).rest());
  btf::Work work;
  work.bytes = std::size_t{16} << 20;
  try {
    if (const auto contents = btf::find_btf(file, work)) btf::hash(contents->btf);
  } catch (const Error&) {
  }
  return 0;
}
