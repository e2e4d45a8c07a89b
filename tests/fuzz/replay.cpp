/// Runs a fuzz target over files without looking for new ones: `replay DIRECTORY`, with what lies below it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "temporary_directory.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
  int count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argc == 2 ? argv[1] : "")) {
    if (!entry.is_regular_file()) continue;
    const std::string contents = bpfbuild::test::contents_of(entry.path());
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(contents.data()), contents.size());
    ++count;
  }
  std::printf("%d inputs\n", count);
  return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
