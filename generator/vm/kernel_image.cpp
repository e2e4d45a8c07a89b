#include "vm/kernel_image.hpp"

#include <elf.h>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "support/compression.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::vm {

namespace {

using namespace std::string_view_literals;
using View = std::span<const std::byte>;

bool has(View bytes, std::size_t offset, std::string_view text) {
  return bytes.size() >= offset + text.size() &&
         std::memcmp(bytes.data() + offset, text.data(), text.size()) == 0;
}

std::uint32_t little_endian(View bytes, std::size_t offset, unsigned size) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < size && offset + i < bytes.size(); ++i)
    value |= std::to_integer<std::uint32_t>(bytes[offset + i]) << (8 * i);
  return value;
}

/// "Documentation/arch/x86/boot.rst": HdrS, and whether there is an entry point for 64 bits.
bool is_x86(View image) { return has(image, 0x202, "HdrS") && (little_endian(image, 0x236, 2) & 1U) != 0; }

/// "Documentation/arch/arm64/booting.rst"
bool is_arm64(View image) { return has(image, 56, "ARM\x64"sv); }

/// arch/s390/boot/head.S: the entry point is told by a name in front of it.
bool is_s390(View image) { return has(image, 0x10008, "S390EP"); }

/// An EFI program that decompresses the kernel, which lies within it:
/// drivers/firmware/efi/libstub/zboot-header.S
bool is_zboot(View image) { return has(image, 0, "MZ") && has(image, 4, "zimg"); }

/// A kernel that is no Image of this architecture but a file with it, or the same bytes.
Bytes unpack(const Bytes& file) {
  std::size_t room = std::size_t{1} << 30;
  if (const auto compression = compression_of(file.view))
    return decompress(file.view, *compression, Ending::exact, room);
  if (!is_zboot(file.view)) return file;
  const std::size_t offset = little_endian(file.view, 8, 4), size = little_endian(file.view, 12, 4);
  if (offset > file.view.size() || size > file.view.size() - offset) throw Error("damaged EFI zboot image");
  const View payload = file.view.subspan(offset, size);
  const auto compression = compression_of(payload);
  if (!compression) throw Error("EFI zboot image with an unknown compression");
  return decompress(payload, *compression, Ending::open, room);
}

}  // namespace

const Architecture& architecture_of(View image) {
  const Architecture* architecture = nullptr;
  if (has(image, 0, {ELFMAG, SELFMAG})) {
    const bool big_endian = image.size() > EI_DATA && image[EI_DATA] == std::byte{ELFDATA2MSB};
    std::uint32_t machine = little_endian(image, offsetof(Elf64_Ehdr, e_machine), 2);
    if (big_endian) machine = (machine >> 8) | (machine & 0xffU) << 8;
    architecture = find_architecture(machine);
  } else if (is_x86(image)) {
    architecture = find_architecture("x86");
  } else if (is_arm64(image)) {
    architecture = find_architecture("arm64");
  } else if (is_s390(image)) {
    architecture = find_architecture("s390");
  }
  if (architecture == nullptr)
    throw Error("not a kernel that can be started here",
                format("expected a vmlinuz or Image of {}", architecture_names()));
  return *architecture;
}

KernelImage read_kernel_image(const std::filesystem::path& path) {
  KernelImage image;
  image.path = path;
  const Bytes file = InputFile(path).read();
  try {
    image.bytes = unpack(file);
    image.architecture = &architecture_of(image.bytes.view);
  } catch (const Error& error) {
    throw error.at(path.native());
  }
  return image;
}

}  // namespace bpfbuild::vm
