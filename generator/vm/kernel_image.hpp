/// Kernels as QEMU starts them.
#pragma once

#include <filesystem>
#include <string>

#include "support/file.hpp"
#include "vm/architecture.hpp"

namespace bpfbuild::vm {

struct KernelImage {
  std::filesystem::path path;
  const Architecture* architecture = nullptr;
  Bytes bytes;  // what QEMU takes, decompressed where it would not do that itself
};

/// The architecture of an image, told from its header: x86's bzImage, arm64's Image, s390's, or ELF. Throws
/// Error for anything else.
const Architecture& architecture_of(std::span<const std::byte> image);

/// Reads a kernel that is compressed as its architecture's packages have it. Throws Error "PATH: ...", of
/// kind `unavailable` when it is not there.
KernelImage read_kernel_image(const std::filesystem::path& path);

}  // namespace bpfbuild::vm
