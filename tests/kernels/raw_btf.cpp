/// `raw_btf FILE OUTPUT`: the BTF of a kernel as other tools can read it.
#include <cstdio>
#include <cstdlib>

#include "btf/file.hpp"
#include "support/error.hpp"

int main(int argc, char** argv) {
  using namespace bpfbuild;
  if (argc != 3) return EXIT_FAILURE;
  try {
    const Bytes bytes = btf::read(btf::open(argv[1])).btf;
    write_if_changed(argv[2], {reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size()});
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
