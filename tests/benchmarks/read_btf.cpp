/// The least that reading BTF takes: a file is read into memory, and each type of it visited once.
///
///   read_btf FILE
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>

#include "btf/format.hpp"

int main(int argc, char** argv) {
  using namespace bpfbuild::btf;
  struct stat status {};
  const int file = argc == 2 ? ::open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0 || ::fstat(file, &status) != 0) {
    std::fputs("usage: read_btf FILE\n", stderr);
    return 2;
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  const std::unique_ptr<std::uint32_t[]> memory(new std::uint32_t[size / 4 + 1]);
  std::size_t done = 0;
  for (ssize_t count = 1; done < size && count > 0; done += static_cast<std::size_t>(count)) {
    count = ::read(file, reinterpret_cast<char*>(memory.get()) + done, size - done);
    if (count < 0) return 1;
  }

  const std::uint32_t* type = memory.get() + (memory[1] + memory[2]) / 4;
  const std::uint32_t* const end = type + memory[3] / 4;
  unsigned types = 0;
  while (type < end) {
    const Items items = items_of(static_cast<Kind>(type[1] >> 24 & 0x1f));
    type += 3 + items.words * (items.counted ? type[1] & 0xffff : 1);
    ++types;
  }
  std::printf("%u types\n", types);
  return done == size ? 0 : 1;
}
