/// The ELF reader: objects, kernels and modules.
#include "btf/elf.hpp"

#include "btf/file.hpp"
#include "btf/image.hpp"
#include "input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bpfbuild;
  const Bytes file = test::bytes_of(fuzz::Input(data, size).rest());
  try {
    const btf::Contents contents = btf::read_elf(btf::ElfFile(file));
    // What was found must still be there when the file is not.
    btf::hash(contents.btf);
  } catch (const Error&) {
  }
  return 0;
}
